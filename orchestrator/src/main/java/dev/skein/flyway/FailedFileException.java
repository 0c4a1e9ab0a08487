package dev.skein.flyway;

import java.sql.SQLException;

/**
 * PostgreSQL refused what a file says, and not what Skein sends before or after it.
 */
final class FailedFileException extends SQLException {

	private static final long serialVersionUID = 1L;

	private final transient FailedFile file;

	/**
	 * A failure of a file.
	 * @param cause what the server or the driver said
	 * @param file the file as it was sent
	 */
	FailedFileException(SQLException cause, FailedFile file) {
		super(cause.getMessage(), cause.getSQLState(), cause);
		this.file = file;
	}

	FailedFile file() {
		return this.file;
	}

}
