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

import dev.skein.catalog.SchemaName;
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

	static final String EXISTING = """
			SELECT n.nspname, c.oid IS NOT NULL, coalesce(c.relkind = 'r', true), pg_get_userbyid(n.nspowner),
			    ARRAY(SELECT DISTINCT pg_get_userbyid(a.grantee)
			        FROM aclexplode(n.nspacl) a WHERE a.privilege_type = 'USAGE' AND a.grantee <> 0::oid),
			    ARRAY(SELECT DISTINCT pg_get_userbyid(a.grantee)
			        FROM pg_default_acl d, aclexplode(d.defaclacl) a
			        WHERE d.defaclrole = n.nspowner AND d.defaclnamespace = n.oid AND d.defaclobjtype = 'r'
			        AND a.privilege_type = 'REFERENCES' AND a.grantee <> 0::oid AND a.grantee <> n.nspowner)
			FROM pg_namespace n
			LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = '%s' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
			WHERE n.nspname = ANY (?)"""
		.formatted(TABLE);

	private HistoryQuery() {
	}

	static Map<SchemaName, SchemaHistory> read(Connection connection, List<SchemaName> schemas) throws SQLException {
		Existing existing;
		try (PreparedStatement statement = connection.prepareStatement(EXISTING)) {
			statement.setArray(1, names(connection, schemas));
			try (ResultSet rows = statement.executeQuery()) {
				existing = existing(rows);
			}
		}
		return existing.read(connection);
	}

	static Existing existing(ResultSet row) throws SQLException {
		Existing existing = new Existing(new HashMap<>(), new ArrayList<>());
		while (row.next()) {
			SchemaName schema = new SchemaName(row.getString(1));
			existing.schemas.put(schema, access(row));
			if (row.getBoolean(2)) {
				if (!row.getBoolean(3)) {
					throw notPlain(schema);
				}
				existing.withHistory.add(schema);
			}
		}
		return existing;
	}

	private static SchemaAccess access(ResultSet row) throws SQLException {
		String[] users = (String[]) row.getArray(5).getArray();
		String[] referrers = (String[]) row.getArray(6).getArray();
		return new SchemaAccess(row.getString(4), Set.of(users), Set.of(referrers));
	}

	static CannotStartException notPlain(SchemaName schema) {
		return new CannotStartException("\"" + schema + "." + TABLE + "\" is not as Flyway makes it",
				"nothing was read from it: look at who changed it, and restore it from a backup", null);
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

	/**
	 * The schemas that exist, and those of them that have a history.
	 */
	record Existing(Map<SchemaName, SchemaAccess> schemas, List<SchemaName> withHistory) {

		/**
		 * Reads their histories.
		 */
		Map<SchemaName, SchemaHistory> read(Connection connection) throws SQLException {
			return read(connection, null);
		}

		/**
		 * Reads their histories, and in the same round trip which services the ledger
		 * knows.
		 * @param services takes the schema of each service by its name; {@code null}
		 * where the ledger is not to be read
		 */
		Map<SchemaName, SchemaHistory> read(Connection connection, @Nullable Map<String, String> services)
				throws SQLException {
			Map<SchemaName, List<AppliedMigration>> rows = HistoryReading.read(connection, this.withHistory, services);
			Map<SchemaName, SchemaHistory> histories = new HashMap<>();
			this.schemas.forEach((schema, access) -> histories.put(schema,
					new SchemaHistory(access, rows.getOrDefault(schema, List.of()))));
			return histories;
		}

	}

}
