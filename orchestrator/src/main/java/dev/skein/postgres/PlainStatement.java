package dev.skein.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A statement for scripts, which go to the server as they are. The driver would look for
 * JDBC's own escapes, braces, in all of a long one, and change what looks like them.
 */
final class PlainStatement {

	private PlainStatement() {
	}

	static Statement on(Connection connection) throws SQLException {
		Statement statement = connection.createStatement();
		statement.setEscapeProcessing(false);
		return statement;
	}

}
