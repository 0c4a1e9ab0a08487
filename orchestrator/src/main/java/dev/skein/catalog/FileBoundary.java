package dev.skein.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

import dev.skein.text.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the catalog to ordinary files in the folder of one service: its authors choose
 * what is in it, and Skein reads it as the user who deploys. Nothing is opened to find
 * that out.
 */
final class FileBoundary {

	private final Path folder;

	private @Nullable Path real;

	/**
	 * The boundary of a service.
	 * @param folder the folder of its manifest
	 */
	FileBoundary(Path folder) {
		this.folder = folder;
	}

	/**
	 * Looks at a file without opening it.
	 * @param file a file or folder in the service's folder
	 * @return what it is
	 * @throws IOException if it cannot be looked at
	 */
	Found look(Path file) throws IOException {
		String name = String.valueOf(file.getFileName());
		if (!PrintableText.isLine(name)) {
			return Found.refused(file,
					"the name \"" + name + "\" has a control character or a mark that changes the direction of writing",
					"give it another name");
		}
		BasicFileAttributes attributes;
		try {
			attributes = attributes(file, LinkOption.NOFOLLOW_LINKS);
			if (attributes.isSymbolicLink()) {
				Path target = file.toRealPath();
				if (!target.startsWith(real())) {
					return Found.refused(file, "\"" + name + "\" is a link to \"" + target
							+ "\", which is not in the folder of its service", "put the file itself there");
				}
				attributes = attributes(target);
			}
		}
		catch (NoSuchFileException ex) {
			return Files.isSymbolicLink(file) ? Found.refused(file, "\"" + name + "\" is a link to nothing",
					"put the file itself there, or delete the link") : Found.NOTHING;
		}
		if (attributes.isOther()) {
			return Found.refused(file,
					"\"" + name + "\" is neither a file nor a folder, but a pipe, a socket or a device", "delete it");
		}
		return attributes.isDirectory() ? Found.FOLDER : Found.FILE;
	}

	private static BasicFileAttributes attributes(Path file, LinkOption... options) throws IOException {
		return Files.readAttributes(file, BasicFileAttributes.class, options);
	}

	private Path real() throws IOException {
		if (this.real == null) {
			this.real = this.folder.toRealPath();
		}
		return this.real;
	}

	/**
	 * What lies at a path.
	 *
	 * @param file whether it is a file that can be read
	 * @param folder whether it is a folder
	 * @param objection why it is refused; {@code null} if it is not
	 */
	record Found(boolean file, boolean folder, @Nullable Problem objection) {

		static final Found NOTHING = new Found(false, false, null);

		static final Found FILE = new Found(true, false, null);

		static final Found FOLDER = new Found(false, true, null);

		private static Found refused(Path file, String message, String hint) {
			return new Found(false, false, new CatalogProblem(Location.of(file), message, hint));
		}

	}

}
