package dev.skein.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import dev.skein.migration.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The password of the embedded server's superuser, in a file of mode 600 that psql reads
 * as its {@code PGPASSFILE}.
 *
 * @param path the file
 * @see <a href="https://www.postgresql.org/docs/current/libpq-pgpass.html">PostgreSQL:
 * the password file</a>
 */
record PasswordFile(Path path) {

	private static final String LINE = "*:*:*:" + EmbeddedPostgres.USER + ":";

	/**
	 * The password.
	 * @return it, or {@code null} where there is no such file
	 */
	@Nullable Secret read() throws IOException {
		try {
			String line = Files.readString(this.path).strip();
			return line.startsWith(LINE) ? new Secret(line.substring(LINE.length())) : null;
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	/**
	 * Puts a password there, whole or not at all. A temporary file has mode 600.
	 */
	void write(Secret password) throws IOException {
		Path unfinished = Files.createTempFile(this.path.resolveSibling(""), Leftovers.CREATING, "");
		Files.writeString(unfinished, LINE + password.value() + "\n");
		Files.move(unfinished, this.path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

}
