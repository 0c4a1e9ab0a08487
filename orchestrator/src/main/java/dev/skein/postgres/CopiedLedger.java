package dev.skein.postgres;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.CopiedRun;
import dev.skein.migration.RunOrigin;
import dev.skein.plan.MigrationPlan;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The ledger in a copy of a database. A template's has the one run that made it; a copy
 * that takes the place of a database has the story of that database, and its own at the
 * end. Its user is a superuser: the ledger is append-only for everybody else.
 *
 * @param connection to the copy
 */
record CopiedLedger(Connection connection) {

	/** Rows that belong to runs, those first that others refer to. */
	private static final List<String> STORY = List.of("runs", "schema_migrations", "failure_details", "releases",
			"release_versions", "rollbacks");

	private static final String UNBOUND = "SET LOCAL session_replication_role = replica";

	/** What a ledger looks like, and who may look at it. */
	private static final String SHAPE = """
			SELECT concat_ws(' ', 'file', version, checksum) FROM skein.flyway_schema_history
			UNION ALL
			SELECT concat_ws(' ', relkind, relname, relacl) FROM pg_class WHERE relnamespace = 'skein'::regnamespace
			UNION ALL
			SELECT concat_ws(' ', p.oid::regprocedure, proacl, md5(prosrc)) FROM pg_proc p
			WHERE pronamespace = 'skein'::regnamespace
			UNION ALL
			SELECT concat_ws(' ', 'schema', nspname, nspacl) FROM pg_namespace WHERE nspname IN ('skein', 'extensions')
			UNION ALL
			SELECT concat_ws(' ', 'extension', extname, extversion) FROM pg_extension""";

	private static final String CLEAN = """
			INSERT INTO skein.runs (id, command, started_at, ended_at, outcome, duration_ms, os_user, host, process_id,
			    skein_version)
			VALUES (gen_random_uuid(), 'clean', ?, clock_timestamp(), 'applied', ?, ?, ?, ?, ?)""";

	private static final String RUN = """
			UPDATE skein.runs SET id = ?, started_at = clock_timestamp(), ended_at = clock_timestamp(), duration_ms = ?,
			    os_user = ?, host = ?, process_id = ?, skein_version = ?, started_by = session_user
			WHERE id = ?""";

	private static final String ROWS = """
			WITH made AS (DELETE FROM skein.schema_migrations WHERE run = ? RETURNING *)
			INSERT INTO skein.schema_migrations
			    (service, version, filename, checksum, execution_time_ms, success, error_message, run, kind, notices)
			SELECT service, version, filename, checksum, execution_time_ms, success, error_message, ?, kind, notices
			FROM made ORDER BY id
			RETURNING service, filename, %s""".formatted(NoticeColumn.of("notices"));

	/**
	 * Forgets everything but one run, which made what is there.
	 */
	void reduceTo(UUID run, MigrationPlan plan) throws SQLException {
		Transaction.run(this.connection, () -> forgetAllBut(run, plan));
	}

	private void forgetAllBut(UUID run, MigrationPlan plan) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(UNBOUND);
			for (String table : STORY) {
				statement.execute("DELETE FROM skein." + table + switch (table) {
					case "runs" -> " WHERE id <> '" + run + "'";
					case "schema_migrations" -> " WHERE run <> '" + run + "'";
					// Files that failed leave nothing to keep.
					case "failure_details" -> "";
					default -> "";
				});
			}
			for (String table : List.of("services", "snapshots")) {
				statement.execute("DELETE FROM skein." + table + " WHERE schema NOT IN (" + schemas(plan) + ")");
			}
		}
	}

	/**
	 * Whether a story can be put below this one: it lies in a ledger of the same shape.
	 */
	boolean isLike(Connection other) throws SQLException {
		if (!hasLedger(other)) {
			return true;
		}
		Set<String> mine = shape(this.connection);
		Set<String> theirs = shape(other);
		return mine.containsAll(theirs) && theirs.containsAll(mine.stream().filter(CopiedLedger::isFile).toList());
	}

	private static boolean isFile(String line) {
		return line.startsWith("file ");
	}

	/**
	 * Puts the story of another database below this one's run, which becomes one of now,
	 * after a cleaning.
	 * @param other to the other database
	 * @param run the id of the run from now on
	 * @param began when the cleaning began
	 * @return what the ledger says of each file, by service and file name
	 */
	Map<String, Map<String, CopiedRun.Row>> carry(Connection other, MigrationPlan plan, UUID run, Instant began)
			throws SQLException {
		Map<String, Map<String, CopiedRun.Row>> files = new HashMap<>();
		Transaction.run(this.connection, () -> files.putAll(putBelow(other, plan, run, began)));
		return files;
	}

	private Map<String, Map<String, CopiedRun.Row>> putBelow(Connection other, MigrationPlan plan, UUID run,
			Instant began) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(UNBOUND);
			UUID made = only(statement);
			boolean story = hasLedger(other);
			if (story) {
				startAbove(statement, other);
			}
			Map<String, Map<String, CopiedRun.Row>> files = rows(made, run);
			// The run that made the template may be part of the story.
			record(made, run, began);
			statement.execute("UPDATE skein.snapshots SET run = '" + run + "', taken_at = clock_timestamp()");
			if (story) {
				for (String table : STORY) {
					copy(other, "skein." + table, "skein." + table);
				}
				copyBeside(other, "services", plan);
				copyBeside(other, "snapshots", plan);
				statement.execute("UPDATE skein.runs SET ended_at = clock_timestamp(), outcome = 'interrupted',"
						+ " record_key = NULL WHERE ended_at IS NULL");
			}
			return files;
		}
	}

	private static UUID only(Statement statement) throws SQLException {
		try (ResultSet row = statement.executeQuery("SELECT id FROM skein.runs")) {
			row.next();
			return row.getObject(1, UUID.class);
		}
	}

	private static void startAbove(Statement statement, Connection other) throws SQLException {
		try (Statement asked = other.createStatement();
				ResultSet row = asked.executeQuery("SELECT coalesce(max(id), 0) FROM skein.schema_migrations")) {
			row.next();
			statement.execute("SELECT setval(s.name, greatest(" + row.getLong(1)
					+ ", nextval(s.name))) FROM pg_get_serial_sequence('skein.schema_migrations', 'id') AS s (name)");
		}
	}

	private Map<String, Map<String, CopiedRun.Row>> rows(UUID made, UUID run) throws SQLException {
		Map<String, Map<String, CopiedRun.Row>> files = new HashMap<>();
		try (PreparedStatement statement = prepare(ROWS, made, run); ResultSet row = statement.executeQuery()) {
			while (row.next()) {
				files.computeIfAbsent(row.getString(1), (service) -> new HashMap<>())
					.put(row.getString(2), new CopiedRun.Row(NoticeColumn.read(row, 3)));
			}
		}
		return files;
	}

	private void record(UUID made, UUID run, Instant began) throws SQLException {
		RunOrigin origin = RunOrigin.here();
		long millis = Instant.now().toEpochMilli() - began.toEpochMilli();
		try (PreparedStatement clean = prepare(CLEAN, Timestamp.from(began), millis, origin.osUser(), origin.host(),
				origin.processId(), origin.version());
				PreparedStatement migrate = prepare(RUN, run, millis, origin.osUser(), origin.host(),
						origin.processId(), origin.version(), made)) {
			clean.execute();
			migrate.execute();
		}
	}

	/**
	 * Of what belongs to schemas, those that are not the plan's.
	 */
	private void copyBeside(Connection other, String table, MigrationPlan plan) throws SQLException {
		copy(other, "(SELECT * FROM skein." + table + " WHERE schema NOT IN (" + schemas(plan) + "))",
				"skein." + table);
	}

	private void copy(Connection from, String rows, String table) throws SQLException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			manager(from).copyOut("COPY " + rows + " TO STDOUT (FORMAT binary)", bytes);
			manager(this.connection).copyIn("COPY " + table + " FROM STDIN (FORMAT binary)",
					new ByteArrayInputStream(bytes.toByteArray()));
		}
		catch (IOException ex) {
			throw new SQLException("the ledger cannot be copied", ex);
		}
	}

	private static CopyManager manager(Connection connection) throws SQLException {
		return connection.unwrap(PGConnection.class).getCopyAPI();
	}

	private static boolean hasLedger(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT to_regnamespace('skein') IS NOT NULL")) {
			row.next();
			return row.getBoolean(1);
		}
	}

	private static Set<String> shape(Connection connection) throws SQLException {
		Set<String> lines = new HashSet<>();
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(SHAPE)) {
			while (row.next()) {
				lines.add(row.getString(1));
			}
		}
		return lines;
	}

	private static String schemas(MigrationPlan plan) {
		return String.join(", ",
				plan.services()
					.stream()
					.map(ServiceDefinition::schema)
					.map(SchemaName::value)
					.map((name) -> "'" + name.replace("'", "''") + "'")
					.toList());
	}

	private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
		PreparedStatement statement = this.connection.prepareStatement(sql);
		for (int i = 0; i < parameters.length; i++) {
			statement.setObject(i + 1, parameters[i]);
		}
		return statement;
	}

}
