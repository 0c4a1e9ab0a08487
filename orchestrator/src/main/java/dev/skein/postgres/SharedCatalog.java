package dev.skein.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * Changes what all databases of a server share, such as roles. The run lock covers one
 * database only: whoever changes the same row at the same time fails, and tries again.
 *
 * @param connection the connection, without a transaction
 */
record SharedCatalog(Connection connection) {

	/**
	 * A role or grant that somebody else just made; a row that somebody else just
	 * changed.
	 */
	private static final Set<String> CONFLICTS = Set.of("42710", "23505", "XX000", "40001", "40P01");

	private static final int ATTEMPTS = 20;

	private static final long PAUSE = 20;

	/**
	 * Runs a script, which is one transaction to the server.
	 * @param script makes the script from what is there; asked again for each attempt
	 */
	void change(Asking.Question<String> script) throws SQLException {
		for (int attempt = 1;; attempt++) {
			String sql = script.ask();
			if (sql.isEmpty()) {
				return;
			}
			try (Statement statement = PlainStatement.on(this.connection)) {
				statement.execute(sql);
				return;
			}
			catch (SQLException ex) {
				if (attempt == ATTEMPTS || !CONFLICTS.contains(String.valueOf(ex.getSQLState()))) {
					throw ex;
				}
				pause(attempt, ex);
			}
		}
	}

	private static void pause(int attempt, SQLException cause) throws SQLException {
		try {
			Thread.sleep(PAUSE * attempt);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw cause;
		}
	}

}
