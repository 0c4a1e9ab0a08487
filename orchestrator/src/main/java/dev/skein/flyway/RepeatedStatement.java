package dev.skein.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import org.postgresql.PGStatement;

/**
 * A statement that is sent for every file. The server keeps it from the first time on,
 * parsed and planned, which takes longer than to run it.
 */
final class RepeatedStatement {

	private RepeatedStatement() {
	}

	static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
		PreparedStatement statement = connection.prepareStatement(sql);
		statement.unwrap(PGStatement.class).setPrepareThreshold(1);
		return statement;
	}

}
