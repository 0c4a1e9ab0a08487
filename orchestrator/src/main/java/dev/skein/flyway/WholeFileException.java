package dev.skein.flyway;

import java.sql.SQLException;

import org.postgresql.util.PSQLException;

/**
 * A statement failed of a file that was sent as one message. PostgreSQL counts characters
 * from the beginning of the message, not of the statement.
 */
final class WholeFileException extends SQLException {

	private static final long serialVersionUID = 1L;

	private final int position;

	/**
	 * A failure.
	 * @param position where in the statement PostgreSQL found it, in characters counted
	 * from 1; 0 if it gave none
	 */
	WholeFileException(PSQLException cause, int position) {
		super(cause.getMessage(), cause.getSQLState(), cause);
		this.position = position;
	}

	int position() {
		return this.position;
	}

}
