package dev.skein.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.skein.migration.Activity;
import dev.skein.migration.Attempt;
import dev.skein.migration.RunRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads what goes on, without waiting for any lock.
 */
final class ActivityQuery {

	private static final Set<String> FILES = Set.of("migrate", "rollback");

	/**
	 * What names or takes over what is there, such as a release, says nothing of files.
	 */
	private static final String OF_FILES = "command IN ("
			+ FILES.stream().map((name) -> "'" + name + "'").collect(Collectors.joining(", ")) + ")";

	/** The newest of all, which may go on, and the newest two that ran files. */
	private static final String RUNS = "SELECT " + PostgresLedger.RUN + " FROM skein.runs WHERE id IN ("
			+ "(SELECT id FROM skein.runs ORDER BY started_at DESC LIMIT 1) UNION ALL (SELECT id FROM skein.runs WHERE "
			+ OF_FILES + " ORDER BY started_at DESC LIMIT 2)) ORDER BY started_at DESC";

	private static final String LAST_SUCCESS = "SELECT max(ended_at) FROM skein.runs WHERE " + OF_FILES
			+ " AND outcome IN ('applied', 'up-to-date')";

	/** The newest attempts are found by their number, which is the primary key. */
	private static final String SERVICES = """
			SELECT s.service, s.failures, %s, f.id IS NOT NULL, %s, %s, %s
			FROM (SELECT service, count(*) FILTER (WHERE NOT success) AS failures, max(id) AS last,
			        max(id) FILTER (WHERE NOT success) AS failed
			    FROM skein.schema_migrations GROUP BY service) s
			JOIN skein.schema_migrations l ON l.id = s.last
			LEFT JOIN skein.schema_migrations f ON f.id = s.failed""";

	/**
	 * A run that waits for the lock asks for it again and again, so it never waits in
	 * pg_locks: it is known by its last question. Sessions of other users may hide what
	 * they ask, but not what they are called: such runs are not counted, but their waits
	 * for other locks are.
	 */
	private static final String LOCKS = """
			WITH holder AS (
			    SELECT pid FROM pg_locks l WHERE %s AND pid IN (SELECT process_id FROM skein.migration_locks)),
			session AS (SELECT pid, query, application_name ~ '^skein( |$)' AS ours FROM pg_stat_activity
			    WHERE datname = current_database() AND pid <> pg_backend_pid())
			SELECT EXISTS (SELECT FROM holder),
			    (SELECT count(*) FROM session WHERE ours AND query LIKE '%%%d%%'
			        AND pid NOT IN (SELECT pid FROM holder)),
			    (SELECT extract(epoch FROM clock_timestamp() - min(w.waitstart)) FROM pg_locks w
			        JOIN session s USING (pid) WHERE NOT w.granted AND (s.ours OR pg_blocking_pids(w.pid) &&
			            ARRAY(SELECT pid FROM session WHERE ours)))""".formatted(AdvisoryLock.GRANTED,
			AdvisoryLock.FIRST_KEY);

	private ActivityQuery() {
	}

	static Activity read(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			if (!PostgresLedger.has(statement, "skein.schema_migrations")) {
				return Activity.NONE;
			}
			List<RunRecord> runs = runs(statement);
			Instant success = lastSuccess(statement);
			Map<String, Activity.InService> services = services(statement);
			try (ResultSet row = statement.executeQuery(LOCKS)) {
				row.next();
				boolean running = row.getBoolean(1) && !runs.isEmpty() && runs.get(0).endedAt() == null;
				RunRecord last = runs.stream()
					.skip(running ? 1 : 0)
					.filter((run) -> FILES.contains(run.command()))
					.findFirst()
					.orElse(null);
				return new Activity(running ? runs.get(0) : null, last, success, row.getBoolean(1) ? row.getInt(2) : 0,
						Duration.ofMillis(Math.max(0, Math.round(row.getDouble(3) * 1000))), services);
			}
		}
	}

	private static List<RunRecord> runs(Statement statement) throws SQLException {
		List<RunRecord> runs = new ArrayList<>();
		try (ResultSet row = statement.executeQuery(RUNS)) {
			while (row.next()) {
				runs.add(PostgresLedger.run(row));
			}
		}
		return runs;
	}

	private static @Nullable Instant lastSuccess(Statement statement) throws SQLException {
		try (ResultSet row = statement.executeQuery(LAST_SUCCESS)) {
			row.next();
			Timestamp at = row.getTimestamp(1);
			return (at == null) ? null : at.toInstant();
		}
	}

	private static Map<String, Activity.InService> services(Statement statement) throws SQLException {
		Map<String, Activity.InService> services = new HashMap<>();
		String sql = SERVICES.formatted(PostgresLedger.attempt("l"), PostgresLedger.attempt("f"),
				PostgresLedger.details(statement, "l"), PostgresLedger.details(statement, "f"));
		try (ResultSet row = statement.executeQuery(sql)) {
			while (row.next()) {
				Attempt last = PostgresLedger.attempt(row, 3).withDetails(row.getString(26));
				Attempt failure = row.getBoolean(14) ? PostgresLedger.attempt(row, 15).withDetails(row.getString(27))
						: null;
				services.put(row.getString(1), new Activity.InService(row.getLong(2), last, failure));
			}
		}
		return services;
	}

}
