package dev.skein.cli;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;

import dev.skein.testing.ReferencePlatform;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.skein.testing.CommandRun.skein;
import static org.assertj.core.api.Assertions.assertThat;

class CommandLineTests {

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "migrate", "status", "plan", "validate", "verify", "history", "repair", "baseline",
			"reset", "prune", "retire", "rollback", "release", "backup", "restore", "isolation", "protect", "unprotect",
			"database", "serve", "new", "new service", "new migration" })
	void everyCommandHelpsWithAnExampleAndItsExitCodes(String command) {
		CommandRun run = skein((command + " --help").split(" ", -1));
		assertThat(run.code()).isZero();
		assertThat(run.out()).contains("Usage: skein " + command, "Example: skein " + command, """
				Exit codes:
				  0          done, or nothing to do
				  1          a migration or a check failed
				  2          wrong usage, an invalid catalog, or not confirmed
				  3          could not start or go on: database, rights, lock
				  4          something is pending or differs, where that was the question
				  130, 143   interrupted; what ran was rolled back, the next run goes on""");
		assertThat(run.err()).isEmpty();
	}

	@Test
	void showsItsCommandsWhereNoneIsGiven() {
		assertThat(skein().out()).contains("Usage: skein [-hV] COMMAND", "Brings the platform up to date");
	}

	@Test
	void refusesAnOptionThatDoesNotExist() {
		assertThat(skein("migrate", "--dryrun")).isEqualTo(new CommandRun(2, "", """
				Error: Unknown option: '--dryrun'
				Possible solutions: --dry-run
				  see skein migrate --help
				"""));
	}

	@Test
	void refusesATimeThatIsNone() {
		assertThat(skein("migrate", "--wait", "soon")).isEqualTo(new CommandRun(2, "", """
				Error: Invalid value for option '--wait': "soon" is not a time: write 60s, 5m or 500ms
				  see skein migrate --help
				"""));
	}

	@Test
	void refusesJobsBelowOneBeforeItTouchesAnything() {
		assertThat(skein("migrate", "--jobs", "0"))
			.isEqualTo(new CommandRun(2, "", "Error: --jobs must be 1 or more, not 0\n"));
	}

	@Test
	void refusesAServiceThatItDoesNotKnow() {
		assertThat(skein("plan", "--only", "user-aut")).isEqualTo(new CommandRun(2, "", """
				Error: service "user-aut" is unknown
				  did you mean "user-auth"?
				"""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "user-auth@999", "user-auth@.", "user-auth@one", "user-auth@", "user-auth" })
	void refusesATargetThatDoesNotExist(String target) {
		assertThat(skein("migrate", "--target", target)).isEqualTo(new CommandRun(2, "", """
				Error: --target "%s" names no version of "user-auth"
				  write SERVICE@VERSION; see skein plan --only user-auth
				""".formatted(target)));
	}

	@Test
	void saysWhyADatabaseCannotBeReached() {
		assertThat(skein("status", "--url", "postgresql://localhost:1/app", "--user", "ann"))
			.isEqualTo(new CommandRun(3, "", """
					Error: cannot use database "app" on localhost:1: connection refused
					  check host and port, or wait for the server with --wait 60s
					"""));
	}

	@Test
	void waitsForADatabaseAndSaysSo() {
		CommandRun run = skein("status", "--url", "postgresql://localhost:1/app", "--wait", "1s");
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).isEqualTo("""
				Waiting up to 1 s for "app" on localhost:1: connection refused
				Error: cannot use database "app" on localhost:1: it did not answer within 1 s: connection refused
				  check host and port, and the server's log
				""");
	}

	@Test
	void saysThatADatabaseDoesNotExistAndCreatesItWhenAsked() {
		TestDatabase server = TestServer.freshDatabase();
		String url = server.url() + "_other";
		String name = server.settings().database() + "_other";
		CommandRun refused = skein("migrate", "--url", url, "--user", "postgres");
		assertThat(refused.code()).isEqualTo(3);
		assertThat(refused.err()).contains("database \"" + name + "\" does not exist\n"
				+ "  create it with --create-database, or check its name\n");
		CommandRun created = skein("migrate", "--url", url, "--user", "postgres", "--create-database", "--only",
				"core");
		assertThat(created.code()).as(created.err()).isZero();
		assertThat(created.err()).startsWith("Created database \"" + name + "\" on ");
	}

	@Test
	void takesADatabaseWhoseNameHasABlankAndAnUmlaut() {
		TestDatabase database = TestServer.freshDatabase("Mein Lädchen");
		CommandRun run = CommandRun.on(database, "migrate", "--only", "core");
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(run.err()).startsWith("Database: \"Mein Lädchen\" on ");
	}

	@Test
	void saysFirstWhichDatabaseItIs() {
		TestDatabase database = TestServer.freshDatabase();
		CommandRun run = skein("status", "--url", database.url(), "--user", "postgres");
		assertThat(run.err()).matches("Database: \"" + database.settings().database()
				+ "\" on 127.0.0.1:\\d+ as \"postgres\" \\(PostgreSQL 18\\.\\d+\\)\n");
	}

	@Test
	void printsOneLineWhereThereIsNothingToDo() {
		TestDatabase database = TestServer.freshDatabase();
		skein("migrate", "--url", database.url(), "--user", "postgres");
		CommandRun run = skein("migrate", "--url", database.url(), "--user", "postgres");
		assertThat(run.out()).isEqualTo("Database \"" + database.settings().database() + "\" is up to date: "
				+ ReferencePlatform.SERVICES + " services, " + ReferencePlatform.TABLES + " of "
				+ ReferencePlatform.TABLES + " promised tables found, none unexpected\n");
	}

	@Test
	void saysThatMigrationsArePendingWhenItCannotVerify() {
		PlatformFolder platform = new PlatformFolder(this.folder).service("good", "tables: [t]")
			.migration("good", "V1__t.sql", "CREATE TABLE t ();");
		CommandRun run = CommandRun.on(TestServer.freshDatabase(), platform, "verify");
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.out()).isEqualTo("""
				Not verified: 0 of 1 promised tables found, none unexpected
				Missing tables:
				  good.t
				  way out: migrations are pending, apply them with: skein migrate
				""");
	}

	@Test
	void saysThatAPortIsInUse() throws Exception {
		TestDatabase database = TestServer.freshDatabase();
		try (ServerSocket taken = new ServerSocket(0)) {
			CommandRun run = CommandRun.on(database, "serve", "--port", String.valueOf(taken.getLocalPort()));
			assertThat(run.code()).as(run.err()).isEqualTo(3);
			assertThat(run.err()).doesNotContain("Serving:")
				.endsWith("Error: port " + taken.getLocalPort() + " is in use\n  choose another with --port\n");
		}
	}

	@Test
	void answersFourWhereSomethingIsPendingAndThatWasTheQuestion() {
		TestDatabase database = TestServer.freshDatabase();
		assertThat(skein("status", "--url", database.url(), "--user", "postgres", "--exit-code").code()).isEqualTo(4);
		assertThat(skein("status", "--url", database.url(), "--user", "postgres").code()).isZero();
	}

	@Test
	void plansWithoutADatabase() {
		CommandRun run = skein(Map.of("PGHOST", "nowhere.invalid"), "", "plan", "--only", "requirement-processor",
				"--output", "json");
		assertThat(run.code()).isZero();
		assertThat(run.json().at("/steps").valueStream().map((step) -> step.at("/service").asString()))
			.containsExactly("core", "user-auth", "template-manager", "requirement-processor");
		assertThat(run.json().at("/steps/3").toString())
			.startsWith("{\"service\":\"requirement-processor\",\"schema\":\"requirement_processor\",\"from\":null,"
					+ "\"to\":\"003\",\"requires\":[\"core\",\"template-manager\"],\"migrations\":[{\"version\":\"001\","
					+ "\"description\":\"create question templates\",\"script\":\"V001__create_question_templates.sql\"}");
	}

	@Test
	void validatesWithoutADatabase() {
		assertThat(skein(Map.of("PGHOST", "nowhere.invalid"), "", "validate")).isEqualTo(new CommandRun(0,
				"Valid: " + ReferencePlatform.SERVICES + " services, " + ReferencePlatform.MIGRATIONS + " migrations, "
						+ ReferencePlatform.UNDO + " undo scripts, " + ReferencePlatform.SEEDS + " seeds\n",
				""));
	}

	@Test
	void reportsProblemsAsJsonWhenValidating() {
		new PlatformFolder(this.folder).manifest("a", "service: a\nrequires: [b]\n");
		CommandRun run = skein("validate", "--no-builtin", "--services", this.folder.toString(), "--output", "json");
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.json().at("/valid").asBoolean()).isFalse();
		assertThat(run.json().at("/problems/0/line").asInt()).isEqualTo(2);
		assertThat(run.json().at("/problems/0/message").asString())
			.isEqualTo("service \"a\" requires \"b\", but no service of that name was found");
	}

	@Test
	void refusesATableThatTwoServicesPromiseWhenValidating() {
		PlatformFolder platform = new PlatformFolder(this.folder).service("a", "tables: [t, u]")
			.migration("a", "V1__t.sql", "SELECT 1;")
			.service("b", "tables: [u]")
			.migration("b", "V1__u.sql", "SELECT 1;");
		CommandRun run = skein("validate", "--no-builtin", "--services", this.folder.toString());
		assertThat(run.code()).isEqualTo(2);
		assertThat(platform.relative(run.err())).isEqualTo("""
				1 problem in the catalog:

				table "u" is promised by service "b" and by service "a" at a/service.yml
				  at b/service.yml
				  rename one of them, or leave it out of tables where the other one is meant

				Nothing was touched.
				""");
	}

	@Test
	void touchesNothingWhereTheCatalogIsInvalid() {
		TestDatabase database = TestServer.freshDatabase();
		PlatformFolder platform = new PlatformFolder(this.folder).service("good", "tables: [t]")
			.migration("good", "V1__t.sql", "CREATE TABLE t ();")
			.manifest("bad", "service: bad\nrequires: [goood]\n");
		CommandRun run = CommandRun.on(database, platform, "migrate");
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.out()).isEmpty();
		assertThat(run.err()).contains("1 problem in the catalog", "did you mean \"good\"?", "Nothing was touched.");
		assertThat(database.query("SELECT nspname FROM pg_namespace WHERE nspname = 'good'")).isEmpty();
	}

	@Test
	void reportsAFailureForPeopleWithFileLineAndWayOut() {
		PlatformFolder platform = new PlatformFolder(this.folder).service("good", "tables: [t]")
			.migration("good", "V1__t.sql", "CREATE TABLE t (id int);\nCREATE TABLE t (id int);");
		CommandRun run = CommandRun.on(TestServer.freshDatabase(), platform, "migrate");
		assertThat(run.code()).isEqualTo(1);
		assertThat(platform.relative(run.out()).replaceAll("in \\d+\\.\\d+ s", "in ? s")).isEqualTo(
				"""
						 SERVICE  SCHEMA  OUTCOME  VERSION  MIGRATIONS  TABLES  TIME
						 good     good    failed   - -> -            0       0  0 ms

						Service "good" failed
						  file      good/migrations/V1__t.sql, line 2
						  SQLSTATE  42P07
						  kind      idempotent: what the file makes is there already
						  message   relation "t" already exists
						  way out   the object exists already: find out who created it, then drop it or take its schema over with: \
						skein baseline SERVICE@VERSION; the rollback took it away again, so the file itself creates it twice

						Applied 0 migrations in ? s; 1 service failed
						Not verified: 0 of 1 promised tables found, none unexpected
						""");
	}

}
