package dev.skein.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.StringJoiner;
import java.util.UUID;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;

/**
 * Writes the rows of histories that plain Flyway made into the ledger, in the order in
 * which they were applied. As {@link HistoryReading}, it reads plain tables only:
 * anything else could run the code of a service with the rights of this user.
 */
final class HistoryTakeover {

	/** Two columns more than {@link HistoryReading} asks for. */
	private static final String PLAIN = """
			SELECT count(*) = 1 FROM pg_class c
			WHERE c.oid = '%s'::regclass AND c.relkind = 'r' AND NOT c.relrowsecurity AND 9::bigint = (
			    SELECT count(*) FROM pg_attribute a
			    WHERE a.attrelid = c.oid AND NOT a.attisdropped AND (a.attname, a.atttypid) IN (
			        ('installed_rank', 'pg_catalog.int4'::regtype::oid), ('version', 'pg_catalog.varchar'::regtype::oid),
			        ('type', 'pg_catalog.varchar'::regtype::oid), ('script', 'pg_catalog.varchar'::regtype::oid),
			        ('checksum', 'pg_catalog.int4'::regtype::oid), ('installed_by', 'pg_catalog.varchar'::regtype::oid),
			        ('installed_on', 'pg_catalog.timestamp'::regtype::oid),
			        ('execution_time', 'pg_catalog.int4'::regtype::oid),
			        ('success', 'pg_catalog.bool'::regtype::oid)))""";

	/** A time in the future would be later than what this run leaves. */
	private static final String ROWS = """
			SELECT '%s' AS service, version, script, checksum, least(installed_on::timestamptz, clock_timestamp()) AS at,
			    execution_time, installed_by, installed_rank
			FROM ONLY %s WHERE success AND type NOT IN ('DELETE', 'SCHEMA')""";

	private static final String INSERT = """
			INSERT INTO skein.schema_migrations
			    (service, version, filename, checksum, applied_at, execution_time_ms, success, run, applied_by)
			SELECT service, version, script, checksum, at, greatest(execution_time, 0), true, '%s', installed_by
			FROM (%s) h ORDER BY at, service, installed_rank""";

	private HistoryTakeover() {
	}

	/**
	 * Records the rows of some services.
	 * @param services services whose schemas have a history
	 * @throws dev.skein.migration.CannotStartException if one is not as Flyway makes it
	 */
	static void record(Connection connection, UUID run, List<ServiceDefinition> services) throws SQLException {
		Transaction.run(connection, () -> {
			try (Statement statement = PlainStatement.on(connection)) {
				StringJoiner rows = new StringJoiner(" UNION ALL ");
				for (ServiceDefinition service : services) {
					SchemaName schema = service.schema();
					String table = Identifier.quote(schema, HistoryQuery.TABLE);
					statement.execute("LOCK TABLE ONLY " + table + " IN ACCESS SHARE MODE");
					requirePlain(statement, schema, table);
					rows.add(ROWS.formatted(service.name(), table));
				}
				statement.execute(INSERT.formatted(run, rows));
			}
		});
	}

	private static void requirePlain(Statement statement, SchemaName schema, String table) throws SQLException {
		try (ResultSet row = statement.executeQuery(PLAIN.formatted(table.replace("'", "''")))) {
			row.next();
			if (!row.getBoolean(1)) {
				throw HistoryQuery.notPlain(schema);
			}
		}
	}

}
