package dev.skein.migration;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

import dev.skein.Application;
import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Version;
import dev.skein.cli.Backend;
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
 * A run whose workers find out that the session with the run lock was ended.
 */
class LostLockTests implements RunListener {

	private static final String SESSIONS = " FROM pg_stat_activity WHERE datname = current_database()"
			+ " AND application_name LIKE 'skein%' AND pid <> pg_backend_pid()";

	private final TestDatabase database = TestServer.freshDatabase();

	private final List<String> failed = new ArrayList<>();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawThreeServices() {
		this.platform = new PlatformFolder(this.folder).service("lost", "tables: [a, b]")
			.migration("lost", "V1__a.sql", "CREATE TABLE a ();")
			.migration("lost", "V2__b.sql", "CREATE TABLE b ();")
			.service("after", "requires: [lost]", "tables: [t]")
			.migration("after", "V1__t.sql", "CREATE TABLE t ();");
	}

	@Override
	public synchronized void failed(ServiceDefinition service, MigrationError error) {
		this.failed.add(service.name() + " " + error.sqlState());
	}

	@Test
	void stopsAndKeepsWhatWasApplied() {
		RunReport report = migrate(1, (worker) -> new Losing(worker, new CountDownLatch(0)));
		assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
		assertThat(report.stopped()).isEqualTo(new RunReport.Stop("the session that held the lock was ended",
				"look in the server's log for what ended it (an administrator, idle_session_timeout, a proxy, a"
						+ " failover), then run again: the next run goes on from here"));
		assertThat(report.services())
			.extracting((service) -> service.service().name() + " " + service.outcome() + " "
					+ service.migrations().size() + " " + service.blockedBy())
			.containsExactly("lost BLOCKED 1 null", "after BLOCKED 0 null");
		assertThat(report.verification().found()).as("verified in another session").isOne();
		assertThat(this.database.tables()).containsExactly("lost.a");
		assertThat(this.database.query("SELECT outcome FROM skein.runs")).as("written in another session")
			.containsExactly("failed");
		assertThat(this.failed).isEmpty();

		RunReport next = migrate(1, (worker) -> worker);
		assertThat(next.outcome()).isEqualTo(Outcome.APPLIED);
		assertThat(next.stopped()).isNull();
		assertThat(this.database.tables()).containsExactly("after.t", "lost.a", "lost.b");
	}

	@Test
	void rollsBackWhatRunsBesideIt() {
		this.platform.service("beside", "tables: [t]")
			.migration("beside", "V1__t.sql", "CREATE TABLE t ();\nSELECT pg_sleep(60);\n")
			.migration("beside", "V2__u.sql", "CREATE TABLE u ();");
		CountDownLatch besideRuns = new CountDownLatch(1);
		RunReport report = migrate(2, (worker) -> new Losing(worker, besideRuns), new RunListener() {

			@Override
			public void started(ServiceDefinition service, Migration migration) {
				if (service.name().value().equals("beside")) {
					besideRuns.countDown();
				}
			}

			@Override
			public void failed(ServiceDefinition service, MigrationError error) {
				LostLockTests.this.failed(service, error);
			}

		});
		assertThat(report.durationMillis()).isLessThan(50_000);
		assertThat(report.stopped()).isNotNull();
		assertThat(this.failed).containsExactly("beside 57014");
		assertThat(this.database.tables()).containsExactly("lost.a");
		assertThat(this.database
			.query("SELECT service || ' ' || filename || ' ' || success FROM skein.schema_migrations" + " ORDER BY 1"))
			.containsExactly("beside V1__t.sql false", "lost V1__a.sql true");
	}

	@Test
	void leavesTheEndOfTheRunToAnotherThatBeganSince() {
		RunReport report = migrate(1, (worker) -> new Losing(worker, new CountDownLatch(0)) {

			@Override
			void meanwhile() {
				LostLockTests.this.database.execute("""
						UPDATE skein.runs SET ended_at = clock_timestamp(), outcome = 'interrupted';
						INSERT INTO skein.migration_locks (process_id, locked_by) VALUES (1, 'another run')""");
			}

		});
		assertThat(report.stopped()).isNotNull();
		assertThat(this.database.query("SELECT outcome FROM skein.runs")).containsExactly("interrupted");
		assertThat(this.database.query("SELECT locked_by FROM skein.migration_locks")).contains("another run");
	}

	@Test
	void recordsTheFailureOfAFileWhoseServerEndedBothSessions() {
		this.platform.migration("lost", "V2__b.sql", "CREATE TABLE b ();\nSELECT pg_sleep(60);\n");
		RunReport report = migrate(1, (worker) -> worker, new RunListener() {

			@Override
			public void started(ServiceDefinition service, Migration migration) {
				if (migration.script().name().equals("V2__b.sql")) {
					new Thread(() -> {
						awaitSleep();
						LostLockTests.this.database.query("SELECT pg_terminate_backend(pid, 10000)" + SESSIONS);
					}).start();
				}
			}

		});
		assertThat(report.stopped()).isNotNull();
		assertThat(report.services().get(0).error()).isNotNull()
			.extracting(MigrationError::sqlState)
			.isEqualTo("57P01");
		assertThat(this.database.query("SELECT filename || ' ' || success FROM skein.schema_migrations ORDER BY id"))
			.containsExactly("V1__a.sql true", "V2__b.sql false");
		assertThat(this.database.query("SELECT outcome FROM skein.runs")).containsExactly("failed");
		assertThat(this.database.query("SELECT count(*) FROM skein.running_files")).containsExactly("0");
	}

	@Test
	void staysWhereTheDatabaseEndsIdleSessions() {
		this.database
			.execute("ALTER DATABASE " + this.database.settings().database() + " SET idle_session_timeout = '300ms'");
		this.platform.migration("lost", "V2__b.sql", "CREATE TABLE b ();\nSELECT pg_sleep(1.5);\n");
		RunReport report = migrate(1, (worker) -> worker);
		assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
		assertThat(report.verification().obstacle()).isNull();
	}

	@Test
	void recordsNoFailureOfAFileThatWasCommitted() {
		assertThat(migrate(1, (worker) -> worker).outcome()).isEqualTo(Outcome.APPLIED);
		ServiceDefinition service = this.platform.plan().services().get(0);
		try (PlatformDatabase opened = connect().database()) {
			RunRecord run = opened.ledger().lastRun().orElseThrow();
			MigrationError lost = new MigrationError("V2__b.sql", null, null, "08006", "the answer was lost", "look");
			opened.ledger().failed(run.run(), service, AttemptKind.MIGRATE, new MigrationEngine.FailedAttempt(lost, 1));
			opened.ledger().failed(run.run(), service, AttemptKind.UNDO, new MigrationEngine.FailedAttempt(lost, 1));
			MigrationError earlier = new MigrationError("V2__b.sql", null, null, "55P03", "no lock yet", "wait");
			opened.ledger()
				.failed(run.run(), service, AttemptKind.MIGRATE, new MigrationEngine.FailedAttempt(earlier, 1));
		}
		assertThat(this.database.query("SELECT kind || ' ' || success FROM skein.schema_migrations"
				+ " WHERE service = 'lost' AND filename = 'V2__b.sql' ORDER BY id"))
			.containsExactly("migrate true", "undo false", "migrate false");
	}

	private void awaitSleep() {
		await().until(() -> !this.database.query("SELECT pid" + SESSIONS + " AND wait_event = 'PgSleep'").isEmpty());
	}

	private RunReport migrate(int jobs, UnaryOperator<MigrationEngine.Worker> worker) {
		return migrate(jobs, worker, this);
	}

	private RunReport migrate(int jobs, UnaryOperator<MigrationEngine.Worker> worker, RunListener listener) {
		Backend.Platform opened = connect();
		try (PlatformDatabase closed = opened.database()) {
			MigrationEngine engine = (warnAfter) -> worker.apply(opened.engine().open(warnAfter));
			return new MigrationOrchestrator(closed, engine).migrate(this.platform.plan(),
					new MigrateOptions(jobs, Duration.ZERO, Duration.ZERO, false, Isolation.ROLES, OnDrift.IGNORE),
					listener);
		}
	}

	private Backend.Platform connect() {
		return new Application().connect(this.database.settings(), Duration.ZERO, false, (line) -> {
		});
	}

	/**
	 * Applies the first file of service "lost", and finds out before the second that the
	 * lock is gone.
	 */
	private class Losing implements MigrationEngine.Worker {

		private final MigrationEngine.Worker worker;

		private final CountDownLatch before;

		Losing(MigrationEngine.Worker worker, CountDownLatch before) {
			this.worker = worker;
			this.before = before;
		}

		void meanwhile() {
		}

		@Override
		public MigrationEngine.Result apply(ServiceDefinition service, List<Migration> migrations, @Nullable RunKey run,
				RunListener listener) {
			if (!service.name().value().equals("lost")) {
				return this.worker.apply(service, migrations, run, listener);
			}
			MigrationEngine.Result first = this.worker.apply(service, migrations.subList(0, 1), run, listener);
			try {
				this.before.await();
				Statement statement = LostLockTests.this.database.connect().createStatement();
				statement.execute("SELECT pg_terminate_backend(l.pid, 10000) FROM pg_locks l"
						+ " JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND objsubid = 2"
						+ " AND datname = current_database()");
				statement.getConnection().close();
			}
			catch (InterruptedException | SQLException ex) {
				throw new IllegalStateException(ex);
			}
			meanwhile();
			throw new RunLockLostException(first);
		}

		@Override
		public MigrationEngine.Result undo(ServiceDefinition service, List<MigrationEngine.Undo> steps, RunKey run,
				RunListener listener) {
			return this.worker.undo(service, steps, run, listener);
		}

		@Override
		public MigrationEngine.Result seed(ServiceDefinition service, List<Migration> seeds, RunKey run,
				RunListener listener) {
			return this.worker.seed(service, seeds, run, listener);
		}

		@Override
		public @Nullable MigrationError baseline(ServiceDefinition service, Version version, String source) {
			return this.worker.baseline(service, version, source);
		}

		@Override
		public void cancel() {
			this.worker.cancel();
		}

		@Override
		public void close() {
			this.worker.close();
		}

	}

}
