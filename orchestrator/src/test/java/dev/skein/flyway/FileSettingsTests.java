package dev.skein.flyway;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.BlockingSession;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.RunListener;
import dev.skein.postgres.Postgres;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How a file behaves towards others that use the database.
 */
class FileSettingsTests implements RunListener {

	private final TestDatabase database = TestServer.freshDatabase();

	private final List<String> told = new CopyOnWriteArrayList<>();

	private Duration warnAfter = Duration.ofMinutes(5);

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawATable() {
		this.platform = new PlatformFolder(this.folder).service("s", "lock_timeout: 300ms");
		this.database.execute("CREATE SCHEMA s");
		this.platform.migration("s", "V1__t.sql", "CREATE TABLE t (x int);");
		apply();
		this.told.clear();
	}

	@Test
	void triesAFileAgainUntilItGetsItsLock() throws Exception {
		this.platform.migration("s", "V2__y.sql", "ALTER TABLE t ADD y int;")
			.migration("s", "V3__z.sql", "ALTER TABLE t ADD z int;");
		try (Connection other = lockTable()) {
			Thread release = releaseWhenTold(3, other);
			MigrationEngine.Result result = apply();
			release.join();
			assertThat(result.error()).isNull();
			assertThat(result.applied()).extracting((file) -> file.migration().label()).containsExactly("2", "3");
		}
		assertThat(this.told.subList(0, 3)).containsExactly(
				"V2__y.sql blocked by \"reporter\" idle in transaction:" + " LOCK TABLE s.t IN ACCESS SHARE MODE",
				"V2__y.sql attempt 2 in 100",
				"V2__y.sql blocked by" + " \"reporter\" idle in transaction: LOCK TABLE s.t IN ACCESS SHARE MODE");
		assertThat(this.database.query("SELECT version FROM s.flyway_schema_history ORDER BY installed_rank"))
			.containsExactly("1", "2", "3");
	}

	@Test
	void triesAFileAgainThatTheServerEndedForADeadlock() throws Exception {
		this.platform.migration("s", "V2__deadlock.sql", """
				SET LOCAL deadlock_timeout = '50ms';
				LOCK TABLE t IN SHARE MODE;
				DO $$
				BEGIN
				  WHILE EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 77 AND granted)
				      AND NOT EXISTS (SELECT FROM pg_locks WHERE relation = 's.t'::regclass AND NOT granted) LOOP
				    PERFORM pg_sleep(0.01);
				  END LOOP;
				END $$;
				SELECT pg_advisory_xact_lock(77);
				""");
		try (Connection other = this.database.connect(); Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("SET deadlock_timeout = '1h'; SELECT pg_advisory_xact_lock(77)");
			Thread second = new Thread(() -> {
				try {
					await().until(() -> !this.database
						.query("SELECT 1 FROM pg_locks WHERE relation = 's.t'::regclass AND mode = 'ShareLock'")
						.isEmpty());
					statement.execute("LOCK TABLE s.t IN ACCESS EXCLUSIVE MODE");
				}
				catch (SQLException ex) {
					throw new IllegalStateException(ex);
				}
				finally {
					rollback(other);
				}
			});
			second.start();
			MigrationEngine.Result result = apply();
			second.join();
			assertThat(result.failures()).extracting((failure) -> failure.error().sqlState()).containsExactly("40P01");
			assertThat(result.error()).isNull();
		}
		assertThat(this.told).filteredOn((line) -> line.contains("attempt"))
			.containsExactly("V2__deadlock.sql attempt 2 in 100");
	}

	@Test
	void namesInItsErrorWhoHeldTheLockAfterTheLastAttempt() throws Exception {
		this.platform.migration("s", "V2__y.sql", "CREATE TABLE more ();\nALTER TABLE t ADD y int;");
		try (Connection other = lockTable()) {
			String pid = this.database.query("SELECT pid FROM pg_stat_activity WHERE application_name = 'reporter'")
				.get(0);
			String since = this.database
				.query("SELECT to_char(xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
						+ " FROM pg_stat_activity WHERE application_name = 'reporter'")
				.get(0);
			MigrationEngine.Result result = apply();
			assertThat(result.applied()).isEmpty();
			assertThat(result.error()).isNotNull();
			assertThat(result.error().line()).isEqualTo(2);
			assertThat(result.error().sqlState()).isEqualTo("55P03");
			assertThat(result.error().message()).isEqualTo("canceling statement due to lock timeout\nHELD BY: process "
					+ pid + " (\"reporter\" as \"postgres\", idle in transaction, in a transaction since " + since
					+ "): LOCK TABLE s.t IN ACCESS SHARE MODE");
			assertThat(result.error().hint())
				.isEqualTo("another session held the lock too long: end its transaction and"
						+ " run again, run when it is quieter, or allow more with lock_timeout in the manifest; to end that"
						+ " session: SELECT pg_terminate_backend(" + pid + ")");
		}
		assertThat(this.told).filteredOn((line) -> line.contains("attempt"))
			.containsExactly("V2__y.sql attempt 2 in 100", "V2__y.sql attempt 3 in 100");
		assertThat(this.database.tables()).as("each attempt is rolled back whole").containsExactly("s.t");
	}

	@Test
	void warnsOfAFileThatRunsLongWithWhatItWaitsFor() {
		this.warnAfter = Duration.ofMillis(400);
		this.platform.migration("s", "V2__quick.sql", "SELECT pg_sleep(0.1);")
			.migration("s", "V3__slow.sql", "SELECT pg_sleep(1.5);");
		assertThat(apply().error()).isNull();
		assertThat(this.told).isNotEmpty().first().isEqualTo("V3__slow.sql slow: Timeout: PgSleep []");
		assertThat(this.told).hasSizeLessThan(4);
	}

	@Test
	void opensNoSecondConnectionForAFileThatEndsQuickly() {
		this.platform.migration("s", "V2__count.sql", "CREATE TABLE sessions AS SELECT count(*) FROM pg_stat_activity"
				+ " WHERE datname = current_database() AND backend_type = 'client backend';");
		assertThat(apply().error()).isNull();
		assertThat(this.database.query("SELECT * FROM s.sessions")).containsExactly("1");
	}

	@Test
	void setsTheTimeoutsForEachFileAndLiftsThemOutsideATransaction() {
		this.platform.service("s", "lock_timeout: 2s", "statement_timeout: 10m")
			.migration("s", "V2__changes.sql", "SET lock_timeout = '7s'; SET statement_timeout = '8s';")
			.migration("s", "V3__see.sql",
					"CREATE TABLE seen AS SELECT current_setting('lock_timeout')"
							+ " || ' ' || current_setting('statement_timeout') AS it;")
			.migration("s", "V4__vacuum.sql", "VACUUM t;")
			.migration("s", "V5__see.sql", "INSERT INTO seen SELECT current_setting('lock_timeout');");
		assertThat(apply().error()).isNull();
		assertThat(this.database.query("SELECT it FROM s.seen")).containsExactly("2s 10min", "2s");
	}

	@Test
	void letsABuildOutsideATransactionWaitLongerThanTheLockTimeout() throws Exception {
		this.platform.migration("s", "V2__i.sql", "CREATE INDEX CONCURRENTLY i ON t (x);");
		try (Connection other = lockTable("SHARE UPDATE EXCLUSIVE")) {
			// Long after the timeout.
			Thread release = releaseWhenTold(1, other);
			assertThat(apply().error()).isNull();
			release.join();
		}
		assertThat(this.told).containsExactly("V2__i.sql blocked by \"reporter\" idle in transaction:"
				+ " LOCK TABLE s.t IN SHARE UPDATE EXCLUSIVE MODE");
	}

	@Test
	void runsOutsideATransactionWhatFlywayDoesNotRecognise() {
		this.platform.migration("s", "V2__p.sql", """
				CREATE INDEX t_x ON t (x);
				CREATE TABLE p (x int) PARTITION BY LIST (x);
				CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
				""")
			.migration("s", "V3__r.sql", "REINDEX TABLE CONCURRENTLY t; REINDEX (CONCURRENTLY) INDEX t_x;")
			.migration("s", "V4__d.sql", "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY;");
		MigrationEngine.Result result = apply();
		assertThat(result.error()).isNull();
		assertThat(result.applied()).hasSize(3);
	}

	@Test
	void doesNotRecordAFileOverAnInvalidIndex() {
		this.platform.migration("s", "V2__i.sql", "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (x);");
		this.database.execute("CREATE INDEX i ON s.t (x); UPDATE pg_index SET indisvalid = false"
				+ " WHERE indexrelid = 's.i'::regclass");
		MigrationEngine.Result result = apply();
		assertThat(result.applied()).isEmpty();
		assertThat(result.error()).isNotNull();
		assertThat(result.error().message())
			.isEqualTo("index \"s.i\" is not valid after its file ran, so the file does not count as applied");
		assertThat(this.database.query("SELECT version FROM s.flyway_schema_history WHERE success"))
			.containsExactly("1");
	}

	@Test
	void endsItsPauseWhenItIsCancelled() throws Exception {
		this.platform.migration("s", "V2__y.sql", "ALTER TABLE t ADD y int;");
		MigrationEngine engine = new FlywayEngine(SessionSource.of(Postgres.dataSource(this.database.settings())),
				List.of(Duration.ofMinutes(5)));
		try (Connection other = lockTable(); MigrationEngine.Worker worker = engine.open(this.warnAfter)) {
			Thread cancel = new Thread(() -> {
				while (this.told.size() < 2) {
					Thread.onSpinWait();
				}
				worker.cancel();
			});
			cancel.start();
			MigrationEngine.Result result = worker.apply(service(), service().versioned(), null, this);
			cancel.join();
			assertThat(result.error()).isNotNull();
			assertThat(result.error().sqlState()).isEqualTo("55P03");
		}
	}

	private Connection lockTable() throws Exception {
		return lockTable("ACCESS SHARE");
	}

	private Connection lockTable(String mode) throws Exception {
		Connection other = this.database.connect();
		try (Statement statement = other.createStatement()) {
			statement.execute("SET application_name = 'reporter'");
			other.setAutoCommit(false);
			statement.execute("LOCK TABLE s.t IN " + mode + " MODE");
		}
		return other;
	}

	/**
	 * Ends the transaction of who holds a lock, at the latest when nothing was told for
	 * long.
	 */
	private Thread releaseWhenTold(int lines, Connection other) {
		Thread release = new Thread(() -> {
			try {
				await().until(() -> this.told.size() >= lines);
			}
			finally {
				rollback(other);
			}
		});
		release.start();
		return release;
	}

	private static void rollback(Connection connection) {
		try {
			connection.rollback();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private ServiceDefinition service() {
		return this.platform.catalog().services().iterator().next();
	}

	private MigrationEngine.Result apply() {
		MigrationEngine engine = new FlywayEngine(SessionSource.of(Postgres.dataSource(this.database.settings())),
				List.of(Duration.ofMillis(100), Duration.ofMillis(100)));
		try (MigrationEngine.Worker worker = engine.open(this.warnAfter)) {
			return worker.apply(service(), service().versioned(), null, this);
		}
	}

	@Override
	public void blocked(ServiceDefinition service, Migration migration, List<BlockingSession> sessions) {
		sessions.forEach((session) -> this.told.add(migration.script().name() + " blocked by \"" + session.application()
				+ "\" " + session.state() + ": " + session.statement()));
	}

	@Override
	public void retrying(ServiceDefinition service, Migration migration, int attempt, Duration pause) {
		this.told.add(migration.script().name() + " attempt " + attempt + " in " + pause.toMillis());
	}

	@Override
	public void slow(ServiceDefinition service, Migration migration, Duration running, @Nullable String waitsFor,
			List<BlockingSession> sessions) {
		this.told.add(migration.script().name() + " slow: " + waitsFor + " " + sessions);
	}

}
