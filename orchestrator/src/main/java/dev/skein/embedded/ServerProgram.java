package dev.skein.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.skein.migration.CannotStartException;

/**
 * Runs one of PostgreSQL's programs to its end. They refuse to run as root, so root runs
 * them in a user namespace in which it is somebody else.
 *
 * @param path the program
 */
record ServerProgram(Path path) {

	void run(Path home, List<String> arguments) throws IOException {
		List<String> command = new ArrayList<>();
		if (isRoot()) {
			command.addAll(List.of("unshare", "-U"));
		}
		command.add(this.path.toString());
		command.addAll(arguments);
		File output = home.resolve("last-command.log").toFile();
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
		builder.environment().put("LC_ALL", "C");
		// The server must not take the user's own PostgreSQL settings for its own.
		builder.environment().keySet().removeIf((name) -> name.startsWith("PG"));
		try {
			Process process = builder.start();
			process.getOutputStream().close();
			if (process.waitFor() != 0) {
				throw new CannotStartException(
						"embedded PostgreSQL: " + this.path.getFileName() + " failed: "
								+ Files.readString(output.toPath()).strip(),
						"see server.log in " + home + ", " + (isRoot() ? "run as another user than root, " : "")
								+ "or give a database with --url",
						null);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CannotStartException("embedded PostgreSQL: interrupted", null, ex);
		}
	}

	private static boolean isRoot() {
		return "root".equals(System.getProperty("user.name"));
	}

}
