package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.SchemaName;

/**
 * What a file that ran outside a transaction leaves behind when it fails or its run is
 * killed: an invalid index, which {@code IF NOT EXISTS} would take for the real one; a
 * valid one that is recorded nowhere, over which the file itself stumbles; and a row in
 * the history, over which Flyway does.
 */
final class FailureRemains {

	private final Connection connection;

	private final SchemaName schema;

	private final String history;

	private FailureRemains(Connection connection, SchemaName schema) {
		this.connection = connection;
		this.schema = schema;
		this.history = Identifier.quote(schema, HistoryQuery.TABLE);
	}

	static List<String> clear(Connection connection, SchemaName schema) throws SQLException {
		FailureRemains remains = new FailureRemains(connection, schema);
		return remains.hasHistory() ? remains.clear() : List.of();
	}

	/**
	 * Drops the indexes first: killed in between, row and note still tell that this is to
	 * be done.
	 */
	private List<String> clear() throws SQLException {
		UnfinishedAttempt attempt = new UnfinishedAttempt(this.connection, this.history);
		attempt.awaitItsSession();
		List<String> indexes = List.of();
		boolean failed = hasFailedRow();
		if (attempt.isUnfinished()) {
			indexes = attempt.newIndexes();
		}
		else if (failed) {
			indexes = ContentsQuery.invalidIndexes(this.connection, this.schema);
		}
		List<String> dropped = new ArrayList<>();
		for (String index : indexes) {
			execute("DROP INDEX CONCURRENTLY IF EXISTS " + Identifier.quote(this.schema, index));
			dropped.add(this.schema + "." + index);
		}
		if (failed) {
			execute("DELETE FROM " + this.history + " WHERE NOT success");
		}
		attempt.forget();
		return dropped;
	}

	private boolean hasHistory() throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
			statement.setString(1, this.history);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getBoolean(1);
			}
		}
	}

	private boolean hasFailedRow() throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT EXISTS (SELECT FROM " + this.history + " WHERE NOT success)")) {
			row.next();
			return row.getBoolean(1);
		}
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
