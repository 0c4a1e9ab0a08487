package dev.skein.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import dev.skein.catalog.SchemaName;

/**
 * Removes a history without rows, which a run leaves whose first file failed: Flyway
 * takes over no schema that has one.
 */
final class EmptyHistory {

	private EmptyHistory() {
	}

	static void drop(Connection connection, SchemaName schema) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			if (!HistoryQuery.exists(statement, schema)) {
				return;
			}
			String history = Identifier.quote(schema, HistoryQuery.TABLE);
			boolean empty;
			try (ResultSet row = statement.executeQuery("SELECT NOT EXISTS (SELECT FROM " + history + ")")) {
				row.next();
				empty = row.getBoolean(1);
			}
			if (empty) {
				statement.execute("DROP TABLE " + history);
			}
		}
	}

}
