package dev.skein.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

import dev.skein.catalog.SchemaName;
import dev.skein.embedded.PrivateServer;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Isolation;
import dev.skein.migration.RunLock;
import dev.skein.migration.Secret;
import dev.skein.plan.Step;
import dev.skein.postgres.Postgres;
import dev.skein.postgres.PostgresDatabase;
import dev.skein.postgres.ServiceLogins;
import dev.skein.postgres.WorkerSession;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.ServerCertificate;
import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.skein.testing.CommandRun.skein;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Passwords and TLS, on a server that lets nobody in without both.
 */
class SecretTests {

	private static final String PASSWORD = "a-word-that-nobody-may-read";

	@TempDir
	static Path files;

	private static PrivateServer server;

	private static ServerCertificate certificate;

	@TempDir
	Path folder;

	PlatformFolder platform;

	TestDatabase database;

	@BeforeAll
	static void start() throws Exception {
		server = PrivateServer.newest(files.resolve("server"));
		certificate = ServerCertificate.in(files.toRealPath());
		server.requirePasswords(certificate.certificate(), certificate.key());
		server.database("postgres").execute("CREATE ROLE app LOGIN CREATEROLE PASSWORD '" + PASSWORD + "'");
	}

	@AfterAll
	static void stop() throws Exception {
		server.close();
	}

	@BeforeEach
	void drawTwoServices() {
		this.database = server.freshDatabase();
		this.database.execute("GRANT CREATE ON DATABASE " + this.database.settings().database() + " TO app");
		this.platform = new PlatformFolder(this.folder).service("good", "tables: [t]")
			.migration("good", "V1__t.sql", "CREATE TABLE t ();")
			.service("bad")
			.migration("bad", "V1__x.sql", "SELECT nonsense;");
	}

	@Test
	void printsNoPasswordAtAnyLevelAndSendsNoneInPlain() throws Exception {
		int before = server.log().length();
		List<String> logged = Collections.synchronizedList(new ArrayList<>());
		Handler handler = new Handler() {

			private final SimpleFormatter formatter = new SimpleFormatter();

			@Override
			public void publish(LogRecord record) {
				logged.add(this.formatter.format(record));
			}

			@Override
			public void flush() {
			}

			@Override
			public void close() {
			}

		};
		Logger root = Logger.getLogger("");
		Level level = root.getLevel();
		handler.setLevel(Level.ALL);
		root.setLevel(Level.ALL);
		root.addHandler(handler);
		CommandRun run;
		try {
			run = migrate("verify-full", PASSWORD);
		}
		finally {
			root.removeHandler(handler);
			root.setLevel(level);
		}
		assertThat(run.code()).as(run.err()).isEqualTo(1);
		assertThat(run.out()).contains("column \"nonsense\" does not exist");
		assertThat(String.join("", logged)).contains("SASL").doesNotContain(PASSWORD);
		assertThat(run.out() + run.err()).doesNotContain(PASSWORD);
		String log = server.log().substring(before);
		assertThat(log).contains("ALTER ROLE \"skein_good\" PASSWORD 'SCRAM-SHA-256$")
			.doesNotContain(PASSWORD)
			.doesNotContainPattern("PASSWORD (?!'SCRAM-SHA-256\\$|NULL)");
		assertThat(this.database.query("SELECT string_agg(r::text, '') FROM skein.runs r").get(0))
			.doesNotContain(PASSWORD);
	}

	@Test
	void everySessionOfARunIsEncryptedAndVerified() {
		this.platform.migration("good", "V2__look.sql", """
				CREATE TABLE seen AS SELECT ssl, session_user::text AS who, s.usename = session_user AS same
				FROM pg_stat_ssl JOIN pg_stat_activity s USING (pid) WHERE pid = pg_backend_pid();""")
			.service("good", "tables: [t, seen]");
		migrate("verify-full", PASSWORD);
		assertThat(this.database.query("SELECT ssl || ' ' || who || ' ' || same FROM good.seen"))
			.containsExactly("true skein_good true");
	}

	@Test
	void toolsUseTlsWhereSkeinFoundItThoughNobodyAskedForIt() throws Exception {
		Path seen = this.folder.resolve("seen");
		this.platform.delete("bad/migrations/V1__x.sql")
			.delete("bad/service.yml")
			.service("tool", "run: [sh, -c, 'echo $PGSSLMODE $PGREQUIREAUTH $DATABASE_URL > " + seen + "']");
		CommandRun run = skein(Map.of("SKEIN_PASSWORD", PASSWORD, "PATH", System.getenv("PATH")), "", "migrate",
				"--url", this.database.url(), "--user", "app", "--services", this.folder.toString(), "--no-builtin");
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(Files.readString(seen)).startsWith("require postgresql://").contains("?sslmode=require");
	}

	@Test
	void refusesAServerThatIsNotTheOneOfTheCertificate() throws Exception {
		Path other = files.resolve("other").toAbsolutePath();
		Files.createDirectories(other);
		String wrong = ServerCertificate.in(other).certificate().toString();
		CommandRun run = skein(Map.of("SKEIN_PASSWORD", PASSWORD), "", "status", "--url",
				this.database.url() + "?sslmode=verify-full&sslrootcert=" + wrong, "--user", "app", "--services",
				this.folder.toString(), "--no-builtin");
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).contains("cannot use database").doesNotContain(PASSWORD);
	}

	@Test
	void nobodyComesInAsAServiceAfterItsRun() throws Exception {
		this.platform.migration("good", "V2__door.sql", """
				CREATE FUNCTION door() RETURNS void LANGUAGE sql SECURITY DEFINER AS
				    $$ ALTER ROLE skein_good PASSWORD 'known' $$;
				SELECT door();""").migration("good", "V3__sleep.sql", "SELECT pg_sleep(3);");
		ConnectionSettings settings = this.database.settings();
		TestDatabase intruder = new TestDatabase(new ConnectionSettings(settings.host(), settings.port(),
				settings.database(), "skein_good", new Secret("known"), Map.of("sslmode", "require"), false));
		CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(() -> migrate("verify-full", PASSWORD));
		try (Connection inside = await().ignoreExceptions().until(intruder::connect, Objects::nonNull)) {
			run.join();
			assertThatThrownBy(() -> inside.createStatement().execute("SELECT 1")).isInstanceOf(SQLException.class);
		}
		this.database.execute("SELECT good.door()");
		assertThatThrownBy(intruder::connect).hasMessageContaining("password authentication failed");
	}

	@Test
	void saysThatThePasswordIsWrongWithoutSayingIt() {
		CommandRun run = migrate("verify-full", "wrong-" + PASSWORD);
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).contains("password authentication failed for user \"app\"").doesNotContain(PASSWORD);
	}

	@Test
	void saysThatTheServerDoesNotLetRolesIn() throws Exception {
		Path hba = Path.of(this.database.query("SHOW hba_file").get(0));
		String before = Files.readString(hba);
		Files.writeString(hba, before.replace("hostssl all all", "hostssl all app"));
		this.database.execute("SELECT pg_reload_conf()");
		try {
			CommandRun run = migrate("verify-full", PASSWORD);
			assertThat(run.code()).isEqualTo(3);
			assertThat(run.err())
				.containsPattern("Error: the server does not let role \"skein_\\w+\" in: no pg_hba.conf entry")
				.contains(
						"let pg_hba.conf admit members of \"all_skein_services\" with scram-sha-256 from where Skein runs,"
								+ " below the line of its own user; or run everything as one user: --isolation none\n");
			assertThat(this.database.query("SELECT tablename FROM pg_tables WHERE schemaname = 'good'"))
				.containsExactly("flyway_schema_history");
			assertThat(this.database.query("SELECT * FROM good.flyway_schema_history")).isEmpty();
		}
		finally {
			Files.writeString(hba, before);
			this.database.execute("SELECT pg_reload_conf()");
		}
	}

	@Test
	void workersLogInWithAPasswordThatTheyDoNotKeep() throws Exception {
		addServices();
		withWorkers((logins) -> {
			try (WorkerSession session = Objects.requireNonNull(logins.share());
					Statement statement = session.connection().createStatement()) {
				session.admit(new SchemaName("good"));
				statement.execute("SET ROLE skein_good");
				assertThat(this.database.query("SELECT s.ssl || ' ' || r.rolcanlogin || ' ' || (r.rolpassword IS NULL)"
						+ " FROM pg_stat_ssl s JOIN pg_stat_activity USING (pid) JOIN pg_authid r ON r.oid = usesysid"
						+ " WHERE usename LIKE 'skein\\_worker\\_%'"))
					.containsExactly("true false true");
			}
		});
	}

	@Test
	void ownersLogInWhereTheServerLetsNoWorkerIn() throws Exception {
		addServices();
		Path hba = Path.of(this.database.query("SHOW hba_file").get(0));
		String before = Files.readString(hba);
		Files.writeString(hba, before.replace("hostssl all all", "hostssl all app,skein_good,skein_a,skein_b,skein_c"));
		this.database.execute("SELECT pg_reload_conf()");
		try {
			withWorkers((logins) -> {
				assertThat(logins.share()).isNull();
				try (Connection owner = logins.open(new SchemaName("a"))) {
					assertThat(owner.getMetaData().getUserName()).isEqualTo("skein_a");
				}
			});
			CommandRun run = migrate("verify-full", PASSWORD);
			assertThat(run.code()).as(run.out() + run.err()).isZero();
		}
		finally {
			Files.writeString(hba, before);
			this.database.execute("SELECT pg_reload_conf()");
		}
		assertThat(this.database.query("SELECT rolname FROM pg_roles WHERE rolname LIKE 'skein\\_worker\\_%'"))
			.isEmpty();
	}

	/**
	 * So many that workers log in.
	 */
	private void addServices() {
		this.platform.delete("bad/migrations/V1__x.sql").delete("bad/service.yml");
		for (String name : List.of("a", "b", "c")) {
			this.platform.service(name, "tables: [t]").migration(name, "V1__t.sql", "CREATE TABLE t ();");
		}
	}

	private void withWorkers(Trial trial) throws SQLException {
		Map<String, String> options = Map.of("sslmode", "verify-full", "sslrootcert",
				certificate.certificate().toString());
		try (PostgresDatabase own = Postgres.connect(this.database.as("app", PASSWORD).settings().withOptions(options),
				Duration.ZERO, false, (line) -> {
				}); RunLock lock = own.lock(Duration.ZERO, (holder) -> {
				})) {
			own.prepare(this.platform.plan().steps().stream().map(Step::service).toList(), Isolation.ROLES);
			trial.on(own.logins());
		}
	}

	/**
	 * Something to try during a run.
	 */
	private interface Trial {

		void on(ServiceLogins logins) throws SQLException;

	}

	private CommandRun migrate(String mode, String password) {
		return skein(Map.of("SKEIN_PASSWORD", password), "", "migrate", "--url",
				this.database.url() + "?sslmode=" + mode + "&sslrootcert=" + certificate.certificate(), "--user", "app",
				"--services", this.folder.toString(), "--no-builtin");
	}

}
