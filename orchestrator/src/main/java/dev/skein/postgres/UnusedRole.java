package dev.skein.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A role of ours that may go. Roles belong to the server: another of its databases may
 * use this one, too, and then it stays.
 */
final class UnusedRole {

	private UnusedRole() {
	}

	/**
	 * Drops a role unless it is used, or gone already.
	 */
	static void drop(Connection connection, String role) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("DROP ROLE IF EXISTS " + Identifier.quote(role));
		}
		catch (SQLException ex) {
			if (!PostgresDatabase.DEPENDENT_OBJECTS.equals(ex.getSQLState())) {
				throw ex;
			}
		}
	}

}
