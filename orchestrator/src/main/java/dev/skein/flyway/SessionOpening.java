package dev.skein.flyway;

import java.sql.SQLException;
import java.util.List;

import dev.skein.migration.TooManyConnectionsException;

/**
 * Opens a session for files. The server takes a moment to forget one that was closed just
 * now, so a limit that seems to be reached is tried some more times.
 */
final class SessionOpening {

	/** Between four attempts, in milliseconds. */
	private static final List<Integer> PAUSES = List.of(50, 100, 200);

	private SessionOpening() {
	}

	/**
	 * What opens a session.
	 *
	 * @param <T> what a session is there
	 */
	interface Source<T> {

		T open() throws SQLException;

	}

	/**
	 * Opens it.
	 * @throws TooManyConnectionsException if a limit of the role, the database or the
	 * server is reached
	 * @throws SQLException if there is none to be had for another reason
	 */
	static <T> T open(Source<T> source) throws SQLException {
		for (int pause : PAUSES) {
			try {
				return source.open();
			}
			catch (SQLException ex) {
				if (!isLimit(ex) || !sleep(pause)) {
					throw ex;
				}
			}
		}
		try {
			return source.open();
		}
		catch (SQLException ex) {
			if (isLimit(ex)) {
				throw new TooManyConnectionsException(String.valueOf(ex.getMessage()), ex);
			}
			throw ex;
		}
	}

	private static boolean isLimit(SQLException failure) {
		return TooManyConnectionsException.SQL_STATE.equals(failure.getSQLState());
	}

	private static boolean sleep(int millis) {
		try {
			Thread.sleep(millis);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
