package dev.skein.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import dev.skein.migration.Secret;

/**
 * Reads a password from the first line of a file.
 */
final class PasswordFile {

	private PasswordFile() {
	}

	/**
	 * The password in a file.
	 * @param file the file
	 * @param option the option that named it
	 * @param variable the environment variable that would do instead
	 */
	static Secret read(Path file, String option, String variable) {
		try {
			return new Secret(Files.readString(file).lines().findFirst().orElse(""));
		}
		catch (NoSuchFileException ex) {
			throw new UsageException(option + " \"" + file + "\" does not exist", "check its path, or set " + variable);
		}
		catch (IOException ex) {
			throw new UsageException(option + " \"" + file + "\" cannot be read",
					"check that it is a text file and who may read it");
		}
	}

}
