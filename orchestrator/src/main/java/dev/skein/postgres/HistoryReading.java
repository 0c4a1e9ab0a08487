package dev.skein.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.Version;
import dev.skein.migration.AppliedMigration;
import dev.skein.migration.CannotStartException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of several histories at once. A history belongs to its service, which
 * could make a view of it, or columns of types of its own: reading them would run the
 * service's code as this user. So it is read only if it is the plain table that Flyway
 * makes, and under a lock that keeps it one. For the same reason both sides of an
 * operator have the very types that PostgreSQL has it for.
 */
final class HistoryReading {

	private static final String DIVISION_BY_ZERO = "22012";

	private static final String PLAIN = """
			SELECT 1 / (count(*) = %s::bigint)::int FROM pg_class c
			WHERE c.relnamespace = ANY (ARRAY(SELECT oid FROM pg_namespace WHERE nspname = ANY (ARRAY[%s]::text[])))
			AND c.relname = '%s' AND c.relkind = 'r' AND NOT c.relrowsecurity
			AND 8::bigint = (
			    SELECT count(*) FROM pg_attribute a
			    WHERE a.attrelid = c.oid AND NOT a.attisdropped AND (a.attname, a.atttypid) IN (
			        ('installed_rank', 'pg_catalog.int4'::regtype::oid), ('version', 'pg_catalog.varchar'::regtype::oid),
			        ('description', 'pg_catalog.varchar'::regtype::oid), ('type', 'pg_catalog.varchar'::regtype::oid),
			        ('script', 'pg_catalog.varchar'::regtype::oid), ('checksum', 'pg_catalog.int4'::regtype::oid),
			        ('installed_on', 'pg_catalog.timestamp'::regtype::oid), ('success', 'pg_catalog.bool'::regtype::oid)))""";

	private static final String ROWS = "SELECT %d, installed_rank, version, description, type, script, checksum,"
			+ " installed_on, success FROM ONLY %s";

	/** The planner takes four times as long for one union of a thousand tables. */
	private static final int TOGETHER = 50;

	private HistoryReading() {
	}

	/**
	 * Reads histories that are there, in one round trip.
	 * @param services takes the schema of each service that the ledger knows, by its
	 * name; {@code null} where the ledger is not to be read
	 * @throws CannotStartException if one of them is not as Flyway makes it
	 */
	static Map<SchemaName, List<AppliedMigration>> read(Connection connection, List<SchemaName> schemas,
			@Nullable Map<String, String> services) throws SQLException {
		Map<SchemaName, List<AppliedMigration>> rows = new HashMap<>();
		if (schemas.isEmpty() && services == null) {
			return rows;
		}
		try (Statement statement = PlainStatement.on(connection)) {
			try {
				boolean rowsCome = statement.execute(((services == null) ? "" : LedgerServices.SERVICES + ";\n")
						+ (schemas.isEmpty() ? "" : script(schemas)));
				while (rowsCome || statement.getUpdateCount() != -1) {
					int columns = rowsCome ? statement.getResultSet().getMetaData().getColumnCount() : 0;
					if (columns == 2 && services != null) {
						LedgerServices.add(statement.getResultSet(), services);
					}
					else if (columns > 1) {
						add(statement.getResultSet(), schemas, rows);
					}
					rowsCome = statement.getMoreResults();
				}
			}
			catch (SQLException ex) {
				statement.execute("ROLLBACK");
				if (DIVISION_BY_ZERO.equals(ex.getSQLState())) {
					throw notPlain(connection, schemas);
				}
				throw ex;
			}
		}
		return rows;
	}

	private static void add(ResultSet row, List<SchemaName> schemas, Map<SchemaName, List<AppliedMigration>> rows)
			throws SQLException {
		while (row.next()) {
			SchemaName schema = schemas.get(row.getInt(1));
			rows.computeIfAbsent(schema, (same) -> new ArrayList<>()).add(read(row, schema));
		}
	}

	private static String script(List<SchemaName> schemas) {
		String tables = schemas.stream()
			.map((schema) -> Identifier.quote(schema, HistoryQuery.TABLE))
			.collect(Collectors.joining(", ONLY ", "ONLY ", ""));
		String names = schemas.stream()
			.map((schema) -> "'" + schema.value().replace("'", "''") + "'")
			.collect(Collectors.joining(", "));
		StringBuilder script = new StringBuilder("BEGIN;\nLOCK TABLE " + tables + " IN ACCESS SHARE MODE;\n"
				+ PLAIN.formatted(schemas.size(), names, HistoryQuery.TABLE) + ";\n");
		for (int from = 0; from < schemas.size(); from += TOGETHER) {
			StringJoiner rows = new StringJoiner(" UNION ALL ", "", " ORDER BY 1, 2;\n");
			for (int i = from; i < Math.min(from + TOGETHER, schemas.size()); i++) {
				rows.add(ROWS.formatted(i, Identifier.quote(schemas.get(i), HistoryQuery.TABLE)));
			}
			script.append(rows);
		}
		return script.append("COMMIT").toString();
	}

	private static AppliedMigration read(ResultSet row, SchemaName schema) throws SQLException {
		String version = row.getString(3);
		int checksum = row.getInt(7);
		@Nullable Integer recorded = row.wasNull() ? null : checksum;
		if ((version != null && !Version.isLegal(version)) || row.getString(4) == null || row.getString(5) == null
				|| row.getString(8) == null) {
			throw new CannotStartException("the history of schema \"" + schema
					+ "\" has a row that Flyway does not write, of rank " + row.getInt(2),
					"mend it, or leave that service out with --only", null);
		}
		return new AppliedMigration(row.getInt(2),
				(version != null) ? Version.recorded(version, row.getString(6)) : null, row.getString(4),
				row.getString(5), row.getString(6), recorded, row.getObject(8, LocalDateTime.class), row.getBoolean(9));
	}

	/**
	 * Finds out which one it is.
	 */
	private static CannotStartException notPlain(Connection connection, List<SchemaName> schemas) throws SQLException {
		if (schemas.size() > 1) {
			for (SchemaName schema : schemas) {
				read(connection, List.of(schema), null);
			}
		}
		return HistoryQuery.notPlain(schemas.get(0));
	}

}
