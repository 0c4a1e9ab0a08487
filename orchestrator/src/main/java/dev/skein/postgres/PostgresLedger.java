package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import dev.skein.migration.Activity;
import dev.skein.migration.Attempt;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.CatalogSnapshot;
import dev.skein.migration.KeptSnapshot;
import dev.skein.migration.Ledger;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.MigrationError;
import dev.skein.migration.NoticeJson;
import dev.skein.migration.Release;
import dev.skein.migration.RoleNames;
import dev.skein.migration.RollbackRecord;
import dev.skein.migration.RunCommand;
import dev.skein.migration.RunKey;
import dev.skein.migration.RunOrigin;
import dev.skein.migration.RunRecord;
import dev.skein.migration.SchemaHistory;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in schema {@code skein}.
 */
final class PostgresLedger implements Ledger {

	private static final String BEGIN = """
			UPDATE skein.runs SET ended_at = clock_timestamp(), outcome = 'interrupted', record_key = NULL
			WHERE ended_at IS NULL;
			SELECT skein.record_unfinished_files();
			INSERT INTO skein.runs (id, command, os_user, host, process_id, skein_version, record_key)
			VALUES (?, ?, ?, ?, ?, ?, ?);
			INSERT INTO skein.services (service, schema) SELECT * FROM unnest(?::text[], ?::text[])
			ON CONFLICT (service) DO UPDATE SET schema = excluded.schema WHERE services.schema <> excluded.schema;
			DELETE FROM skein.migration_locks;
			INSERT INTO skein.migration_locks (process_id, locked_by) VALUES (pg_backend_pid(), ?)""";

	/**
	 * Nothing for a file that was committed, though the answer to that was lost. Other
	 * failures count beside a later success: a file is tried again for a lock.
	 */
	private static final String FAILED = """
			WITH attempt AS (
			    INSERT INTO skein.schema_migrations
			        (service, version, filename, checksum, execution_time_ms, success, error_message, sqlstate, run, kind,
			        notices)
			    SELECT f.service, f.version, f.filename, f.checksum, f.millis, false, f.message, f.sqlstate, f.run,
			        f.kind, f.notices
			    FROM (VALUES (?::text, ?::text, ?::text, ?::integer, ?::bigint, ?::text, ?::text, ?::uuid, ?::text,
			        ?::jsonb)) f (service, version, filename, checksum, millis, message, sqlstate, run, kind, notices)
			    WHERE NOT (? AND EXISTS (SELECT FROM skein.schema_migrations m WHERE m.run = f.run
			        AND m.service = f.service AND m.filename = f.filename AND m.kind = f.kind AND m.success))
			    RETURNING id, error_message)
			INSERT INTO skein.failure_details (attempt, readers, message)
			SELECT attempt.id, ?, d.message FROM attempt, (VALUES (?::text)) d (message)
			WHERE d.message <> attempt.error_message""";

	private static final String RAN = """
			INSERT INTO skein.schema_migrations (service, filename, execution_time_ms, success, run, kind)
			VALUES (?, ?, ?, true, ?, 'run')""";

	private static final String TOOL_RUNS = """
			SELECT DISTINCT ON (service) service, success FROM skein.schema_migrations
			WHERE kind = 'run' ORDER BY service, id DESC""";

	/** Nothing where another run has marked this one as interrupted. */
	private static final String END = """
			WITH ended AS (
			    UPDATE skein.runs SET ended_at = clock_timestamp(), outcome = ?, duration_ms = ?, record_key = NULL
			    WHERE id = ? AND ended_at IS NULL RETURNING id)
			DELETE FROM skein.migration_locks WHERE EXISTS (SELECT FROM ended);
			DELETE FROM skein.running_files WHERE run = ?""";

	/** The columns of a run. */
	static final String RUN = "id, command, started_at, ended_at, outcome, duration_ms, started_by, host";

	private static final String LAST_RUN = "SELECT " + RUN + " FROM skein.runs ORDER BY started_at DESC LIMIT 1";

	private static final String ONE_RUN = "SELECT " + RUN + " FROM skein.runs WHERE id = ?";

	private static final String HISTORY = """
			SELECT %s, %s
			FROM skein.schema_migrations m
			WHERE (?::text IS NULL OR service = ?) AND NOT (? AND success)
			ORDER BY id DESC LIMIT ?""";

	/** Nothing for those who may not read it, and in an older ledger. */
	static final String DETAILS = "(SELECT d.message FROM skein.failure_details d WHERE d.attempt = %s.id)";

	private static final String CLOSED = """
			SELECT coalesce(row_security_active(to_regclass('skein.failure_details')::oid), false)""";

	static final String DETAILS_TABLE = "skein.failure_details";

	/**
	 * Ledgers that were made before the first release have this file; some of them have
	 * later ones, too.
	 */
	private static final String UNRELEASED = "V014__record_runs_of_tools.sql";

	private final Connection connection;

	private final Asking asking;

	PostgresLedger(Connection connection, Asking asking) {
		this.connection = connection;
		this.asking = asking;
	}

	@Override
	public ServiceDefinition definition() {
		return LedgerDefinition.LEDGER;
	}

	@Override
	public boolean create() {
		try {
			new FreshLedger(this.connection).create(definition());
			return true;
		}
		catch (SQLException ex) {
			// Whoever applies the files one by one can say which it is.
			return false;
		}
	}

	@Override
	public List<String> closed() {
		return this.asking.ask(() -> {
			try (Statement statement = this.connection.createStatement();
					ResultSet row = statement.executeQuery(CLOSED)) {
				row.next();
				return row.getBoolean(1) ? List.of(DETAILS_TABLE) : List.of();
			}
		});
	}

	@Override
	public boolean replace(SchemaHistory history) {
		if (!history.has(UNRELEASED)) {
			return false;
		}
		this.asking.ask(() -> {
			new FreshLedger(this.connection).replace(definition(), history);
			return true;
		});
		return true;
	}

	@Override
	public void begin(RunKey run, RunCommand command, RunOrigin origin, Collection<ServiceDefinition> services) {
		Object[] names = services.stream().map((service) -> service.name().value()).toArray();
		Object[] schemas = services.stream().map((service) -> service.schema().value()).toArray();
		this.asking.ask(() -> execute(BEGIN, run.run(), command.label(), origin.osUser(), origin.host(),
				origin.processId(), origin.version(), run.key().value(), this.connection.createArrayOf("text", names),
				this.connection.createArrayOf("text", schemas), origin.toString()));
	}

	@Override
	public void takeOver(UUID run, Collection<ServiceDefinition> services) {
		this.asking.ask(() -> {
			HistoryTakeover.record(this.connection, run, List.copyOf(services));
			return true;
		});
	}

	@Override
	public void failed(UUID run, ServiceDefinition service, AttemptKind kind, MigrationEngine.FailedAttempt attempt) {
		MigrationError error = attempt.error();
		String name = error.migration();
		Stream<Migration> files = switch (kind) {
			case MIGRATE -> service.versioned().stream();
			case UNDO -> service.undo().values().stream();
			case RUN -> Stream.empty();
			case SEED -> service.seeds().values().stream().flatMap(List::stream);
		};
		var file = files.filter((one) -> one.script().name().equals(name)).findFirst();
		String version = file.map(Migration::version).map(Version::toString).orElse(null);
		Integer checksum = file.map((one) -> one.script().checksum()).orElse(null);
		this.asking.ask(() -> execute(FAILED, service.name().value(), version, (name != null) ? name : "-", checksum,
				attempt.durationMillis(), error.plainMessage(), error.sqlState(), run, kind.label(),
				NoticeJson.of(attempt.notices()), isAnswerLost(error), RoleNames.application(service.schema()),
				error.message()));
	}

	/**
	 * Whether the connection was lost, so that the server may have done what was asked.
	 */
	private static boolean isAnswerLost(MigrationError error) {
		String state = String.valueOf(error.sqlState());
		return state.startsWith("08") || state.startsWith("57P");
	}

	@Override
	public void ran(UUID run, ServiceDefinition service, long durationMillis) {
		String tool = Objects.requireNonNull(service.tool()).name();
		this.asking.ask(() -> execute(RAN, service.name().value(), tool, durationMillis, run));
	}

	@Override
	public Map<String, Boolean> toolRuns() {
		return this.asking.ask(() -> {
			Map<String, Boolean> runs = new HashMap<>();
			try (Statement statement = this.connection.createStatement()) {
				// An older ledger knows of no tools.
				if (has(statement, "skein.schema_migrations_tool_idx")) {
					try (ResultSet row = statement.executeQuery(TOOL_RUNS)) {
						while (row.next()) {
							runs.put(row.getString(1), row.getBoolean(2));
						}
					}
				}
			}
			return runs;
		});
	}

	@Override
	public void end(UUID run, String outcome, long durationMillis) {
		this.asking.ask(() -> execute(END, outcome, durationMillis, run, run));
	}

	@Override
	public void beginRollback(UUID run, RollbackRecord rollback) {
		this.asking.ask(() -> {
			RollbackQuery.begin(this.connection, run, rollback);
			return true;
		});
	}

	@Override
	public Optional<RollbackRecord> lastRollback() {
		return this.asking.ask(() -> RollbackQuery.last(this.connection));
	}

	@Override
	public void add(UUID run, Release release) {
		this.asking.ask(() -> {
			ReleaseQuery.add(this.connection, run, release);
			return true;
		});
	}

	@Override
	public List<Release> releases() {
		return this.asking.ask(() -> ReleaseQuery.read(this.connection));
	}

	@Override
	public void keep(UUID run, CatalogSnapshot snapshot) {
		this.asking.ask(() -> {
			KeptQuery.keep(this.connection, run, snapshot);
			return true;
		});
	}

	@Override
	public Map<SchemaName, KeptSnapshot> snapshots(Collection<SchemaName> schemas) {
		return this.asking.ask(() -> KeptQuery.read(this.connection, schemas));
	}

	@Override
	public List<String> services() {
		return this.asking.ask(() -> RollbackQuery.services(this.connection));
	}

	@Override
	public SortedMap<String, String> registered() {
		return this.asking.ask(() -> new TreeMap<>(LedgerServices.existing(this.connection)));
	}

	@Override
	public Map<String, Map<Version, Long>> order() {
		return this.asking.ask(() -> RollbackQuery.order(this.connection));
	}

	@Override
	public Optional<RunRecord> lastRun() {
		return this.asking.ask(() -> {
			try (Statement statement = this.connection.createStatement()) {
				if (!has(statement, "skein.runs")) {
					return Optional.empty();
				}
				try (ResultSet row = statement.executeQuery(LAST_RUN)) {
					return row.next() ? Optional.of(run(row)) : Optional.empty();
				}
			}
		});
	}

	@Override
	public Optional<RunRecord> run(UUID id) {
		return this.asking.ask(() -> {
			try (Statement statement = this.connection.createStatement()) {
				if (!has(statement, "skein.runs")) {
					return Optional.empty();
				}
			}
			try (PreparedStatement statement = prepare(ONE_RUN, id); ResultSet row = statement.executeQuery()) {
				return row.next() ? Optional.of(run(row)) : Optional.empty();
			}
		});
	}

	@Override
	public Activity activity() {
		return this.asking.ask(() -> ActivityQuery.read(this.connection));
	}

	@Override
	public List<Attempt> history(@Nullable ServiceName service, boolean failedOnly, int limit) {
		String name = (service == null) ? null : service.value();
		return this.asking.ask(() -> {
			List<Attempt> attempts = new ArrayList<>();
			String details;
			try (Statement statement = this.connection.createStatement()) {
				if (!has(statement, "skein.schema_migrations")) {
					return attempts;
				}
				details = details(statement, "m");
			}
			try (PreparedStatement statement = prepare(HISTORY.formatted(attempt("m"), details), name, name, failedOnly,
					limit); ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					attempts.add(attempt(row, 1).withDetails(row.getString(12)));
				}
			}
			return attempts;
		});
	}

	/**
	 * The column with what was said of a failure, values of rows included.
	 */
	static String details(Statement statement, String table) throws SQLException {
		return has(statement, DETAILS_TABLE) ? DETAILS.formatted(table) : "NULL::text";
	}

	static boolean has(Connection connection, String table) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			return has(statement, table);
		}
	}

	/**
	 * Whether this ledger has a table already.
	 */
	static boolean has(Statement statement, String table) throws SQLException {
		try (ResultSet row = statement.executeQuery("SELECT to_regclass('" + table + "') IS NOT NULL")) {
			row.next();
			return row.getBoolean(1);
		}
	}

	/**
	 * Several statements at once are one transaction to the server.
	 */
	private synchronized boolean execute(String sql, @Nullable Object... parameters) throws SQLException {
		try (PreparedStatement statement = prepare(sql, parameters)) {
			return statement.execute();
		}
	}

	private PreparedStatement prepare(String sql, @Nullable Object... parameters) throws SQLException {
		PreparedStatement statement = this.connection.prepareStatement(sql);
		for (int i = 0; i < parameters.length; i++) {
			statement.setObject(i + 1, parameters[i]);
		}
		return statement;
	}

	static RunRecord run(ResultSet row) throws SQLException {
		Timestamp ended = row.getTimestamp(4);
		long duration = row.getLong(6);
		@Nullable Long known = row.wasNull() ? null : duration;
		return new RunRecord(row.getObject(1, UUID.class), row.getString(2), row.getTimestamp(3).toInstant(),
				(ended == null) ? null : ended.toInstant(), row.getString(5), known, row.getString(7),
				row.getString(8));
	}

	/**
	 * The columns of an attempt, of which an older ledger lacks the last two.
	 */
	static String attempt(String table) {
		return """
				t.service, t.version, t.filename, t.applied_at, t.execution_time_ms, t.success, t.error_message, t.run,
				    t.applied_by, coalesce(to_jsonb(t)->>'kind', 'migrate')""".replace("t.", table + ".")
			.replace("(t)", "(" + table + ")") + ", "
				+ NoticeColumn.of("nullif(to_jsonb(" + table + ")->'notices', 'null')");
	}

	static Attempt attempt(ResultSet row, int first) throws SQLException {
		return new Attempt(row.getString(first), AttemptKind.of(row.getString(first + 9)), row.getString(first + 1),
				row.getString(first + 2), row.getTimestamp(first + 3).toInstant(), row.getLong(first + 4),
				row.getBoolean(first + 5), row.getString(first + 6), null, row.getObject(first + 7, UUID.class),
				row.getString(first + 8), NoticeColumn.read(row, first + 10));
	}

}
