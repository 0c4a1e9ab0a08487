package dev.skein.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.SchemaName;

/**
 * What a file that ran outside a transaction leaves behind when it fails: an invalid
 * index, which {@code IF NOT EXISTS} would take for the real one, and a row in the
 * history, over which Flyway stumbles.
 */
final class FailureRemains {

	private FailureRemains() {
	}

	/**
	 * Drops the indexes first: killed in between, the row still tells that this is to be
	 * done.
	 */
	static List<String> clear(Connection connection, SchemaName schema) throws SQLException {
		List<String> dropped = dropInvalidIndexes(connection, schema);
		try (Statement statement = connection.createStatement()) {
			if (HistoryQuery.exists(statement, schema)) {
				statement.execute("DELETE FROM " + Identifier.quote(schema, HistoryQuery.TABLE) + " WHERE NOT success");
			}
		}
		return dropped;
	}

	static List<String> dropInvalidIndexes(Connection connection, SchemaName schema) throws SQLException {
		List<String> dropped = new ArrayList<>();
		try (Statement statement = connection.createStatement()) {
			for (String index : ContentsQuery.invalidIndexes(connection, schema)) {
				statement.execute("DROP INDEX CONCURRENTLY IF EXISTS " + Identifier.quote(schema, index));
				dropped.add(schema + "." + index);
			}
		}
		return dropped;
	}

}
