package dev.skein.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.skein.text.PrintableText;
import dev.skein.text.PrintableWriter;
import org.jspecify.annotations.Nullable;

/**
 * A file to which all lines that a command prints are appended, each with its time, in
 * plain text: what only moves the cursor of a terminal, and lines that were overwritten
 * there, are left out.
 */
final class LogFile implements AutoCloseable {

	static final String OPTION = "--log-file";

	/** Sequences that a terminal obeys. */
	private static final Pattern SEQUENCE = Pattern.compile("\u001B\\[[0-9;?]*[A-Za-z]");

	private final Writer file;

	private @Nullable IOException failure;

	private LogFile(Writer file) {
		this.file = file;
	}

	/**
	 * The file that the arguments or the environment name. This is looked for before the
	 * command line is read, so that what is wrong with that is in the file, too.
	 * @return its name; {@code null} if there is none
	 */
	static @Nullable String asked(Map<String, String> environment, String... arguments) {
		String asked = Setting.read(environment, "skein.log.file");
		for (int i = 0; i < arguments.length; i++) {
			if (arguments[i].equals(OPTION) && i + 1 < arguments.length) {
				asked = arguments[i + 1];
			}
			else if (arguments[i].startsWith(OPTION + "=")) {
				asked = arguments[i].substring(OPTION.length() + 1);
			}
		}
		return asked;
	}

	/**
	 * Opens the file at its end; a new one may be read and written by this user only. In
	 * a folder of all users of the machine, another user could have put a link to a file
	 * of this one there, or a file to read along.
	 */
	static LogFile open(String name) throws IOException {
		Path path = Path.of(name);
		boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
		Set<OpenOption> options = new HashSet<>(Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND));
		if (posix && isForAll(path.toAbsolutePath().getParent())) {
			options.add(LinkOption.NOFOLLOW_LINKS);
			requireOwn(path);
		}
		if (posix && !Files.exists(path)) {
			Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		}
		return new LogFile(Files.newBufferedWriter(path, StandardCharsets.UTF_8, options.toArray(OpenOption[]::new)));
	}

	private static boolean isForAll(@Nullable Path folder) throws IOException {
		return folder != null && Files.isDirectory(folder)
				&& Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
	}

	private static void requireOwn(Path path) throws IOException {
		if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
			return;
		}
		Path mine = Files.createTempFile("skein", ".owner");
		try {
			if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
					|| !Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(mine))) {
				throw new IOException("every user of this machine may write to its folder, and what lies there is no"
						+ " ordinary file of this user");
			}
		}
		finally {
			Files.delete(mine);
		}
	}

	/**
	 * A writer that also writes to the file.
	 */
	PrintableWriter copyOf(PrintableWriter writer) {
		return new PrintableWriter(new Copy(writer.ofConstants()));
	}

	synchronized void line(String printed) {
		int overwritten = printed.lastIndexOf(StatusLine.CLEAR_LINE);
		String kept = (overwritten < 0) ? printed : printed.substring(overwritten + StatusLine.CLEAR_LINE.length());
		String text = PrintableText.of(SEQUENCE.matcher(kept.replace("\r", "")).replaceAll(""));
		try {
			if (this.failure == null) {
				this.file.write(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + text + "\n");
				this.file.flush();
			}
		}
		catch (IOException ex) {
			this.failure = ex;
		}
	}

	/**
	 * Why lines are missing; {@code null} if none is.
	 */
	synchronized @Nullable String failure() {
		IOException lost = this.failure;
		return (lost == null) ? null : String.valueOf(lost.getMessage());
	}

	@Override
	public synchronized void close() {
		try {
			this.file.close();
		}
		catch (IOException ex) {
			this.failure = ex;
		}
	}

	/**
	 * Passes everything on, and each line to the file when it ends.
	 */
	private final class Copy extends Writer {

		private final PrintWriter writer;

		private final StringBuilder line = new StringBuilder();

		Copy(PrintWriter writer) {
			this.writer = writer;
		}

		@Override
		public void write(char[] signs, int begin, int length) {
			this.writer.write(signs, begin, length);
			for (int i = begin; i < begin + length; i++) {
				if (signs[i] == '\n') {
					line(this.line.toString());
					this.line.setLength(0);
				}
				else {
					this.line.append(signs[i]);
				}
			}
		}

		@Override
		public void flush() {
			this.writer.flush();
		}

		@Override
		public void close() {
			flush();
		}

	}

}
