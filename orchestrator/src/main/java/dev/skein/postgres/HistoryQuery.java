package dev.skein.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.Version;
import dev.skein.migration.AppliedMigration;
import dev.skein.migration.SchemaHistory;
import org.jspecify.annotations.Nullable;

/**
 * Reads the histories of all schemas in two queries: which of them exist, then all rows
 * of those at once.
 */
final class HistoryQuery {

	/** Flyway's default name. */
	static final String TABLE = "flyway_schema_history";

	private static final String EXISTING = """
			SELECT n.nspname, c.oid IS NOT NULL
			FROM pg_namespace n
			LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = '%s' AND c.relkind IN ('r', 'p')
			WHERE n.nspname = ANY (?)""".formatted(TABLE);

	private static final String ROWS = "SELECT %d, installed_rank, version, description, type, script, checksum,"
			+ " installed_on, success FROM %s";

	private HistoryQuery() {
	}

	static Map<SchemaName, SchemaHistory> read(Connection connection, List<SchemaName> schemas) throws SQLException {
		Map<SchemaName, SchemaHistory> histories = new HashMap<>();
		List<SchemaName> withHistory = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(EXISTING)) {
			statement.setArray(1, names(connection, schemas));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					SchemaName schema = new SchemaName(row.getString(1));
					histories.put(schema, new SchemaHistory(true, List.of()));
					if (row.getBoolean(2)) {
						withHistory.add(schema);
					}
				}
			}
		}
		readRows(connection, withHistory)
			.forEach((schema, rows) -> histories.put(schema, new SchemaHistory(true, rows)));
		return histories;
	}

	static boolean exists(Statement statement, SchemaName schema) throws SQLException {
		String history = Identifier.quote(schema, TABLE).replace("'", "''");
		try (ResultSet row = statement.executeQuery("SELECT to_regclass('" + history + "') IS NOT NULL")) {
			row.next();
			return row.getBoolean(1);
		}
	}

	static Array names(Connection connection, Collection<SchemaName> schemas) throws SQLException {
		return connection.createArrayOf("text", schemas.stream().map(SchemaName::value).toArray());
	}

	private static Map<SchemaName, List<AppliedMigration>> readRows(Connection connection, List<SchemaName> schemas)
			throws SQLException {
		Map<SchemaName, List<AppliedMigration>> rows = new HashMap<>();
		if (schemas.isEmpty()) {
			return rows;
		}
		StringJoiner query = new StringJoiner(" UNION ALL ", "", " ORDER BY 1, 2");
		for (int i = 0; i < schemas.size(); i++) {
			query.add(ROWS.formatted(i, Identifier.quote(schemas.get(i), TABLE)));
		}
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(query.toString())) {
			while (row.next()) {
				rows.computeIfAbsent(schemas.get(row.getInt(1)), (schema) -> new ArrayList<>()).add(read(row));
			}
		}
		return rows;
	}

	private static AppliedMigration read(ResultSet row) throws SQLException {
		String version = row.getString(3);
		int checksum = row.getInt(7);
		@Nullable Integer recorded = row.wasNull() ? null : checksum;
		return new AppliedMigration(row.getInt(2), (version != null) ? Version.of(version) : null, row.getString(4),
				row.getString(5), row.getString(6), recorded, row.getTimestamp(8).toInstant(), row.getBoolean(9));
	}

}
