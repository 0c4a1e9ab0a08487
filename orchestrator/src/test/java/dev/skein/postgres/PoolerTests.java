package dev.skein.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PgBouncer;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds behind a PgBouncer.
 */
@EnabledIf("dev.skein.testing.PgBouncer#isInstalled")
class PoolerTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	@TempDir
	Path configuration;

	PlatformFolder platform;

	@BeforeEach
	void drawOneService() {
		this.platform = new PlatformFolder(this.folder).service("s", "tables: [t]")
			.migration("s", "V1__t.sql", "CREATE TABLE t (id int);")
			.migration("s", "V2__i.sql", "CREATE INDEX CONCURRENTLY ON t (id);");
	}

	@ParameterizedTest
	@CsvSource({ "transaction, 1, 0", "transaction, 20, 0", "transaction, 20, 1", "statement, 20, 0" })
	void aRunIsRefusedWhereStatementsMayMeetOtherSessions(String mode, int size, int roundRobin) throws Exception {
		try (PgBouncer pooler = pooler("pool_mode = " + mode, "default_pool_size = " + size,
				"server_round_robin = " + roundRobin)) {
			fill(pooler, Math.min(size, 4));
			CommandRun run = migrate(pooler.database());
			assertThat(run.code()).as(run.out() + run.err()).isEqualTo(3);
			assertThat(run.err()).endsWith("""
					Error: database %s is behind a connection pooler in transaction mode: the lock of a run would not \
					stay with the run
					  connect to PostgreSQL directly, or to a pool in session mode (pool_mode = session)
					""".formatted(pooler.database().settings()));
		}
		assertThat(this.database.tables()).isEmpty();
	}

	@Test
	void nothingToDoIsFoundBehindAnyPooler() throws Exception {
		assertThat(migrate(this.database).code()).isZero();
		try (PgBouncer pooler = pooler("pool_mode = transaction")) {
			CommandRun run = migrate(pooler.database());
			assertThat(run.code()).as(run.err()).isZero();
			assertThat(run.out()).contains("is up to date");
		}
	}

	@Test
	void aRunSucceedsInSessionModeWhereThePoolerLooksRolesUp() throws Exception {
		try (PgBouncer pooler = pooler("pool_mode = session", "auth_type = trust", "auth_user = postgres",
				"auth_file = " + users())) {
			CommandRun run = migrate(pooler.database());
			assertThat(run.code()).as(run.out() + run.err()).isZero();
		}
		assertThat(this.database.tables()).containsExactly("s.t");
		assertThat(this.database.query("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 's'"))
			.containsExactly("skein_s");
	}

	@Test
	void aPoolerThatDoesNotKnowTheRolesOfServicesIsNamedBeforeAnythingIsChanged() throws Exception {
		String hint = "  connect to PostgreSQL directly; or let the pooler look roles up in the server (PgBouncer: auth_query,"
				+ " and no user in the line of the database); or run everything as one user: --isolation none\n";
		try (PgBouncer pooler = pooler("pool_mode = session", "auth_type = trust", "auth_file = " + users())) {
			CommandRun run = migrate(pooler.database());
			assertThat(run.code()).isEqualTo(3);
			assertThat(run.err()).endsWith("Error: the connection pooler of database " + pooler.database().settings()
					+ " does not let in a role that was just created: \"trust\" authentication failed\n" + hint);
		}
		try (PgBouncer pooler = pooler("pool_mode = session")) {
			CommandRun run = migrate(pooler.database());
			assertThat(run.code()).isEqualTo(3);
			assertThat(run.err()).endsWith("Error: the connection pooler of database " + pooler.database().settings()
					+ " lets every role in as \"postgres\"\n" + hint);
			assertThat(this.database.tables()).isEmpty();
			assertThat(this.database.query("SELECT nspname FROM pg_namespace WHERE nspname IN ('s', 'skein')"))
				.isEmpty();
			assertThat(this.database.query("SELECT rolname FROM pg_roles WHERE rolname LIKE 'skein_worker_%'"))
				.isEmpty();
			assertThat(CommandRun.on(pooler.database(), this.platform, "migrate", "--isolation", "none").code())
				.isZero();
		}
	}

	/** Those that the pooler knows. */
	private Path users() throws IOException {
		return Files.writeString(this.configuration.resolve("users"), "\"postgres\" \"\"\n");
	}

	@Test
	void aPoolThatIsTooSmallIsNamed() throws Exception {
		try (PgBouncer pooler = pooler("pool_mode = session", "default_pool_size = 1")) {
			CommandRun run = migrate(pooler.database());
			assertThat(run.code()).isEqualTo(3);
			assertThat(run.err()).endsWith("""
					Error: the connection pooler of database %s gave no second session within 5 s: \
					no answer in time
					  let its pool hold two sessions more than --jobs, or connect to PostgreSQL directly
					""".formatted(pooler.database().settings()));
		}
	}

	@Test
	void anOptionThatThePoolerDoesNotKnowIsNamedAtOnce() throws Exception {
		try (PgBouncer pooler = pooler("pool_mode = session")) {
			CommandRun run = CommandRun.skein(
					Map.of("DATABASE_URL",
							"postgres://postgres@127.0.0.1:" + pooler.database().settings().port() + "/"
									+ this.database.settings().database() + "?options=-c%20work_mem%3D8MB"),
					"", "status", "--wait", "1h");
			assertThat(run.code()).isEqualTo(3);
			assertThat(run.err()).matches("""
					Error: cannot use database .*: unsupported startup parameter.*
					  take that option out of the URL, connect to PostgreSQL directly, or let PgBouncer ignore it: \
					ignore_startup_parameters = extra_float_digits, options
					""");
		}
	}

	private PgBouncer pooler(String... lines) throws IOException {
		return PgBouncer.start(this.configuration, this.database, lines);
	}

	private CommandRun migrate(TestDatabase through) {
		return CommandRun.on(through, this.platform, "migrate", "--jobs", "2");
	}

	/**
	 * Leaves as many idle sessions in the pool.
	 */
	private static void fill(PgBouncer pooler, int sessions) throws Exception {
		List<Thread> clients = new ArrayList<>();
		for (int i = 0; i < sessions; i++) {
			clients.add(new Thread(() -> pooler.database().query("SELECT pg_sleep(0.3)")));
		}
		clients.forEach(Thread::start);
		for (Thread client : clients) {
			client.join(Duration.ofSeconds(20).toMillis());
		}
	}

}
