package dev.skein.embedded;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.skein.migration.CannotStartException;

/**
 * Runs one of PostgreSQL's programs to its end.
 *
 * @param path the program
 * @param user as whom it runs
 */
record ServerProgram(Path path, ProgramUser user) {

	/**
	 * The variables that a program gets. The server keeps its own for as long as it runs,
	 * and each superuser of it can read them: a password or a token of the command that
	 * happened to start it must not be among them, nor PostgreSQL settings of the user.
	 */
	private static final Set<String> KEPT = Set.of("PATH", "TZ", "SystemRoot");

	/** A server that starts writes a few pages and its log, in bytes. */
	private static final long LEAST_SPACE = 64 * 1024;

	void run(Path home, List<String> arguments) {
		run(home, arguments, "");
	}

	/**
	 * Runs it.
	 * @param home where its output is kept
	 * @param arguments its arguments
	 * @param input what it reads
	 * @throws CannotStartException if it fails
	 */
	void run(Path home, List<String> arguments, String input) {
		File output = home.resolve("last-command.log").toFile();
		try {
			Process process = builder(arguments).redirectErrorStream(true).redirectOutput(output).start();
			try (OutputStream stream = process.getOutputStream()) {
				stream.write(input.getBytes(StandardCharsets.UTF_8));
			}
			if (process.waitFor() != 0) {
				throw failure(home, Files.readString(output.toPath()).strip());
			}
		}
		catch (IOException ex) {
			throw new CannotStartException("embedded PostgreSQL: " + this.path.getFileName() + " cannot be run: " + ex,
					"give a database with --url", ex);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	/**
	 * Where the disk is full, the program may not even have been able to say so.
	 */
	private CannotStartException failure(Path home, String output) throws IOException {
		String name = "embedded PostgreSQL: " + this.path.getFileName() + " failed: ";
		if (output.contains("No space left on device") || output.contains("Disk quota exceeded")
				|| Files.getFileStore(home).getUsableSpace() < LEAST_SPACE) {
			return new CannotStartException(name + "no space is left on the disk of " + home,
					"make room there, then run the command again", null);
		}
		return new CannotStartException(name + output, "see server.log in " + home + ", "
				+ (ProgramUser.isRoot() ? "run as another user than root, " : "") + "or give a database with --url",
				null);
	}

	int exitCode(String... arguments) throws IOException {
		try {
			Process process = builder(List.of(arguments)).redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
			process.getOutputStream().close();
			return process.waitFor();
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	private ProcessBuilder builder(List<String> arguments) {
		List<String> command = new ArrayList<>(this.user.command());
		command.add(this.path.toString());
		command.addAll(arguments);
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().keySet().retainAll(KEPT);
		builder.environment().put("LC_ALL", "C");
		return builder;
	}

	private static CannotStartException interrupted(InterruptedException cause) {
		Thread.currentThread().interrupt();
		return new CannotStartException("embedded PostgreSQL: interrupted", null, cause);
	}

}
