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
import java.util.Set;
import java.util.StringJoiner;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.Version;
import dev.skein.migration.AppliedMigration;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.SchemaAccess;
import dev.skein.migration.SchemaHistory;
import org.jspecify.annotations.Nullable;

/**
 * Reads the histories of all schemas in two queries: which of them exist, then all rows
 * of those at once.
 */
final class HistoryQuery {

	/** Flyway's default name. */
	static final String TABLE = "flyway_schema_history";

	/**
	 * A history belongs to its service, which could make a view of it, or columns of
	 * types of its own: reading them would run the service's code as this user. For the
	 * same reason both sides of an operator have the very types that PostgreSQL has it
	 * for.
	 */
	private static final String EXISTING = """
			SELECT n.nspname, c.oid IS NOT NULL, c.relkind = 'r' AND NOT c.relrowsecurity AND 8 = (
			        SELECT count(*) FROM pg_attribute a
			        WHERE a.attrelid = c.oid AND NOT a.attisdropped AND (a.attname, a.atttypid) IN (
			            ('installed_rank', 'pg_catalog.int4'::regtype::oid), ('version', 'pg_catalog.varchar'::regtype::oid),
			            ('description', 'pg_catalog.varchar'::regtype::oid), ('type', 'pg_catalog.varchar'::regtype::oid),
			            ('script', 'pg_catalog.varchar'::regtype::oid), ('checksum', 'pg_catalog.int4'::regtype::oid),
			            ('installed_on', 'pg_catalog.timestamp'::regtype::oid), ('success', 'pg_catalog.bool'::regtype::oid))),
			    pg_get_userbyid(n.nspowner), ARRAY(SELECT DISTINCT pg_get_userbyid(a.grantee)
			        FROM aclexplode(n.nspacl) a WHERE a.privilege_type = 'USAGE' AND a.grantee <> 0::oid)
			FROM pg_namespace n
			LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = '%s' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
			WHERE n.nspname = ANY (?)"""
		.formatted(TABLE);

	private static final String ROWS = "SELECT %d, installed_rank, version, description, type, script, checksum,"
			+ " installed_on, success FROM ONLY %s";

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
					histories.put(schema, new SchemaHistory(access(row), List.of()));
					if (row.getBoolean(2)) {
						requirePlain(schema, row.getBoolean(3));
						withHistory.add(schema);
					}
				}
			}
		}
		readRows(connection, withHistory).forEach((schema, rows) -> histories.computeIfPresent(schema,
				(same, history) -> new SchemaHistory(history.access(), rows)));
		return histories;
	}

	private static SchemaAccess access(ResultSet row) throws SQLException {
		String[] users = (String[]) row.getArray(5).getArray();
		return new SchemaAccess(row.getString(4), Set.of(users));
	}

	private static void requirePlain(SchemaName schema, boolean plain) {
		if (!plain) {
			throw new CannotStartException("\"" + schema + "." + TABLE + "\" is not as Flyway makes it",
					"nothing was read from it: look at who changed it, and restore it from a backup", null);
		}
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
