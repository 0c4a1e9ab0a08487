package dev.skein.cli;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.skein.catalog.CatalogReader;
import dev.skein.catalog.ServiceSource;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.SqlProgram;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.skein.testing.CommandRun.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Services whose migrations belong to tools of their own.
 */
class ForeignToolTests {

	private static final String LEDGER = "SELECT kind || ' ' || filename || ' ' || success FROM skein.schema_migrations"
			+ " WHERE service = 'billing' ORDER BY id";

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawAServiceBetweenTwoOthers() {
		this.platform = new PlatformFolder(this.folder).service("orders", "referenced_by: all", "tables: [orders]")
			.migration("orders", "V1__orders.sql", "CREATE TABLE orders (id int PRIMARY KEY);")
			.migration("orders", "U1__orders.sql", "DROP TABLE orders;")
			.service("billing", "requires: [orders]", "referenced_by: all", "tables: [bills]",
					"run: [sh, migrate.sh, --up]")
			.service("reports", "requires: [billing]", "tables: [lines]")
			.migration("reports", "V1__lines.sql", "CREATE TABLE lines (bill int REFERENCES billing.bills);")
			.migration("reports", "U1__lines.sql", "DROP TABLE lines;");
		tool("\"CREATE TABLE IF NOT EXISTS bills (id int PRIMARY KEY, o int REFERENCES orders.orders)\"");
	}

	@Test
	void aToolRunsInItsPlaceAndInItsFolderAsTheServicesOwnRole() {
		tool("\"SELECT current_user || ' ' || current_schemas(false)::text\""
				+ " \"CREATE TABLE bills (id int PRIMARY KEY, o int REFERENCES orders.orders)\"",
				"echo \"$SKEIN_SERVICE $SKEIN_SCHEMA $1 $(basename \"$PWD\")\" >&2");
		CommandRun run = on(this.database, this.platform, "migrate");
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(run.err()).contains("billing | billing billing --up billing\nbilling | skein_billing {billing}\n");
		assertThat(this.database.tables()).containsExactly("billing.bills", "orders.orders", "reports.lines");
		assertThat(this.database.query("SELECT tableowner FROM pg_tables WHERE tablename = 'bills'"))
			.containsExactly("skein_billing");
		assertThat(this.database.query(LEDGER)).containsExactly("run sh migrate.sh --up true");
		assertThat(this.database.query("SELECT rolpassword IS NULL FROM pg_authid WHERE rolname = 'skein_billing'"))
			.containsExactly("t");
	}

	@Test
	void whatNoFileMayLeaveFailsAToolToo() {
		this.platform.service("billing", "requires: [orders]", "referenced_by: [reports]", "tables: [bills]",
				"run: [sh, migrate.sh, --up]");
		tool("\"CREATE TABLE bills (id int PRIMARY KEY, o int REFERENCES orders.orders)\""
				+ " \"GRANT REFERENCES ON bills TO skein_orders\" \"CREATE TYPE sly AS ENUM ('x')\""
				+ " \"CREATE CAST (sly AS int) WITH INOUT\"");
		CommandRun run = on(this.database, this.platform, "migrate");
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.out()).contains(
				"""
						  message   service "billing" created a cast, whose code would run with the rights of other services \
						(write the conversion as a function and call it): billing.sly AS integer, and let its tables be referred to \
						by others than its manifest names in referenced_by, which was taken back: table billing.bills by skein_orders
						  way out   let the tool take that out of the database again; nothing that a tool does is rolled back
						""");
		assertThat(this.database.query("SELECT has_table_privilege('skein_orders', 'billing.bills', 'REFERENCES')"))
			.containsExactly("f");
	}

	@Test
	void aToolThatChangesNothingIsUpToDateButRecorded() {
		assertThat(on(this.database, this.platform, "migrate").code()).isZero();
		CommandRun again = on(this.database, this.platform, "migrate");
		assertThat(again.code()).isZero();
		assertThat(again.out()).endsWith(" is up to date: 3 services, 3 of 3 promised tables found, none unexpected\n");
		assertThat(this.database.query(LEDGER)).hasSize(2);
		CommandRun history = on(this.database, this.platform, "history", "--service", "billing");
		assertThat(history.out()).containsPattern("billing +sh migrate.sh --up +ran ");
		CommandRun status = on(this.database, this.platform, "status", "--exit-code");
		assertThat(status.code()).as(status.out()).isZero();
	}

	@Test
	void aToolThatFailsBlocksWhatRequiresItAndLeavesItsLastLines() {
		script("migrate.sh", "printf '\\033[31m1\\033[0m\\r\\n'", "seq 2 31", "echo broken >&2", "exit 3");
		CommandRun run = on(this.database, this.platform, "migrate");
		assertThat(run.code()).isEqualTo(1);
		String lines = "1 2 3 4 5 6 7 8 9 10 [2_lines_left_out] 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31"
			.replace(" ", "\n            ")
			.replace('_', ' ');
		assertThat(this.platform.relative(run.out())).contains("""

				Service "billing" failed
				  file      billing/service.yml
				  message   "sh migrate.sh --up" ended with exit code 3:
				            %s
				            broken
				  way out   fix what it complains of; what it did before stays, and the next run starts it again

				""".formatted(lines)).contains("blocked by billing");
		assertThat(run.err()).contains("billing | 1\n", "billing | broken\n", "Failed: billing sh migrate.sh --up\n");
		assertThat(this.database.query("SELECT message FROM skein.failure_details")).singleElement()
			.asString()
			.startsWith("\"sh migrate.sh --up\" ended with exit code 3:\n1\n2\n")
			.endsWith("31\nbroken");
		assertThat(on(this.database, this.platform, "status").out()).containsPattern("billing +billing +- +1 +failed");
		assertThat(this.database.tables()).containsExactly("orders.orders");
	}

	@Test
	void aToolThatTakesAlongWhatIsNotItsOwnFailsAndNamesIt() {
		assertThat(on(this.database, this.platform, "migrate").code()).isZero();
		tool("\"DROP TABLE bills CASCADE\" \"CREATE TABLE bills (id int PRIMARY KEY)\"");
		CommandRun run = on(this.database, this.platform, "migrate");
		assertThat(run.code()).isEqualTo(1);
		assertThat(this.platform.relative(run.out())).contains(
				"""
						Service "billing" failed
						  file      billing/service.yml
						  message   service "billing" took along what is not its own: foreign key lines_bill_fkey on reports.lines of \
						service "reports"
						  way out   make again what is gone, in new files of those services, and take CASCADE out
						""");
	}

	@Test
	void aToolThatTakesTooLongIsEndedWithEverythingThatItStarted() throws Exception {
		this.platform.service("billing", "run: [sh, migrate.sh]", "timeout: 1500ms");
		script("migrate.sh", "sh -c \"trap '' TERM; exec sleep 60\" &", "echo $! > child", "echo waiting", "wait");
		CommandRun run = on(this.database, this.platform, "migrate", "--only", "billing");
		assertThat(run.code()).isEqualTo(1);
		assertThat(this.platform.relative(run.out())).contains(
				"""
						Service "billing" failed
						  file      billing/service.yml
						  message   "sh migrate.sh" was ended: it took longer than 1500ms:
						            waiting
						  way out   see what it waits for, or set a longer "timeout" in billing/service.yml; what it did before \
						stays, and the next run starts it again
						""");
		long child = Long.parseLong(Files.readString(this.folder.resolve("billing/child")).strip());
		await().until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
	}

	@Test
	void aPromiseThatAToolDoesNotKeepFailsTheRun() {
		tool("\"SELECT 1\"");
		CommandRun run = on(this.database, this.platform, "migrate", "--only", "billing");
		assertThat(run.code()).isEqualTo(1);
		assertThat(this.platform.relative(run.out())).contains(
				"""
						Service "billing" failed
						  file      billing/service.yml
						  message   "sh migrate.sh --up" ended with exit code 0, but schema "billing" has none of the tables that \
						"tables" names
						  way out   see into which database and schema it writes: DATABASE_URL says which, and the service's role finds \
						its own schema first; what it did before stays, and the next run starts it again
						""");
		this.platform.service("billing", "requires: [orders]", "referenced_by: all", "tables: [bills, payments]",
				"run: [sh, migrate.sh, --up]");
		tool("\"CREATE TABLE bills (id int PRIMARY KEY)\"");
		CommandRun half = on(this.database, this.platform, "migrate", "--only", "billing");
		assertThat(half.code()).isEqualTo(1);
		assertThat(half.out()).endsWith(
				"""
						Missing tables of external tools:
						  billing.payments
						  way out: the tool did not create them in this schema: see into which schema it writes (the service's role\
						 finds its own first), or take them out of tables
						""");
	}

	@Test
	void aStatusThatHangsSaysSoAndTheToolIsRun() {
		this.platform.service("billing", "requires: [orders]", "referenced_by: all", "tables: [bills]",
				"run: [sh, migrate.sh, --up]", "status: [sh, status.sh]", "timeout: 2s");
		script("status.sh", "sleep 60");
		assertThat(on(this.database, this.platform, "migrate").code()).isZero();
		CommandRun again = on(this.database, this.platform, "migrate");
		assertThat(again.code()).as(again.out()).isZero();
		assertThat(again.err())
			.contains("billing | \"sh status.sh\", the status, did not end within the timeout and was ended\n");
	}

	@Test
	void aToolGetsNothingThatIsBetweenTheUserAndSkein() {
		script("migrate.sh", "env | cut -d= -f1 | grep -E '^(SKEIN|SPRING|PG|DATABASE)' | sort", "echo $DATABASE_URL",
				"echo \"the password is $PGPASSWORD\"", "env | grep -c hush", "true");
		Map<String, String> environment = Map.of("SPRING_DATASOURCE_URL", this.database.url(),
				"SPRING_DATASOURCE_USERNAME", "postgres", "SPRING_DATASOURCE_PASSWORD", "hush", "SKEIN_PASSWORD",
				"hush", "PGSERVICE", "hush", "SKEIN_WEB_TOKEN", "hush", "DATABASE_URL", "hush");
		CommandRun run = CommandRun.skein(environment, "", "migrate", "--only", "billing", "--services",
				this.folder.toString(), "--no-builtin");
		assertThat(run.err().lines().filter((line) -> line.startsWith("billing | ")).collect(Collectors.joining("\n")))
			.isEqualTo("""
					billing | DATABASE_URL
					billing | PGAPPNAME
					billing | PGCONNECT_TIMEOUT
					billing | PGDATABASE
					billing | PGHOST
					billing | PGPASSWORD
					billing | PGPORT
					billing | PGUSER
					billing | SKEIN_SCHEMA
					billing | SKEIN_SERVICE
					billing | postgresql://skein_billing:***@127.0.0.1:%d/%s
					billing | the password is ***
					billing | 0""".formatted(this.database.settings().port(), this.database.settings().database()));
	}

	@Test
	void withoutIsolationAToolWorksAsTheGivenUserInItsSchema() {
		tool("\"SELECT current_user || ' ' || current_schemas(false)::text\""
				+ " \"CREATE TABLE bills (id int PRIMARY KEY)\"", "echo $DATABASE_URL");
		CommandRun run = on(this.database, this.platform, "migrate", "--isolation", "none");
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(run.err()).contains("billing | postgresql://postgres@127.0.0.1:" + this.database.settings().port()
				+ "/" + this.database.settings().database()
				+ "?options=-c%20search_path%3D%22billing%22%2Cextensions\nbilling | postgres {billing}\n");
		assertThat(this.database.tables()).contains("billing.bills");
	}

	@Test
	void aProgramThatIsMissingIsNamedBeforeAnythingIsRun() {
		this.platform.service("billing", "tables: [bills]", "run: [sh, migrate.sh]", "status: [no-such-tool, --check]");
		script("migrate.sh", "echo ran > ran");
		CommandRun run = on(this.database, this.platform, "migrate", "--only", "billing");
		assertThat(run.code()).isEqualTo(1);
		assertThat(this.platform.relative(run.out())).contains("""
				  message   there is no "no-such-tool" on the PATH
				  way out   install it where Skein runs, or correct "status" in billing/service.yml
				""");
		assertThat(this.folder.resolve("billing/ran")).doesNotExist();

		this.platform.service("billing", "tables: [bills]", "run: [./migrate.sh]");
		run = on(this.database, this.platform, "migrate", "--only", "billing");
		assertThat(this.platform.relative(run.out())).contains("""
				  message   there is no "./migrate.sh" in the folder of service "billing" that can be run
				  way out   make it executable, or correct "run" in billing/service.yml
				""");
	}

	@Test
	void aToolThatCanTellIsRunOnlyWhenSomethingIsPending() {
		this.platform.service("billing", "requires: [orders]", "referenced_by: all", "tables: [bills]",
				"run: [sh, migrate.sh, --up]", "status: [sh, status.sh]");
		script("status.sh", "test ! -e pending");
		assertThat(on(this.database, this.platform, "migrate").code()).isZero();
		assertThat(this.database.query(LEDGER)).hasSize(1);

		CommandRun nothing = on(this.database, this.platform, "migrate");
		assertThat(nothing.out())
			.endsWith(" is up to date: 3 services, 3 of 3 promised tables found, none unexpected\n");
		assertThat(on(this.database, this.platform, "status", "--exit-code").code()).isZero();
		assertThat(on(this.database, this.platform, "migrate", "--dry-run").out()).isEqualTo("Nothing to do.\n");
		assertThat(this.database.query(LEDGER)).hasSize(1);

		this.platform.file("billing/pending", "");
		CommandRun status = on(this.database, this.platform, "status", "--exit-code");
		assertThat(status.code()).isEqualTo(4);
		assertThat(status.out()).containsPattern("billing +billing +- +1 +pending");
		assertThat(on(this.database, this.platform, "migrate").code()).isZero();
		assertThat(this.database.query(LEDGER)).hasSize(2);
	}

	@Test
	void aPlanNamesTheTool() {
		assertThat(on(this.database, this.platform, "plan").err()).isEmpty();
		assertThat(on(this.database, this.platform, "migrate", "--dry-run").out()).isEqualTo("""
				1. orders
				     V1__orders.sql
				2. billing, after orders
				     sh migrate.sh --up
				3. reports, after billing
				     V1__lines.sql
				""");
		assertThat(on(this.database, this.platform, "validate").out())
			.isEqualTo("Valid: 3 services, 2 migrations, 2 undo scripts, 0 seeds, 1 foreign tool\n");
	}

	@Test
	void whatAToolDidIsNotUndone() {
		assertThat(on(this.database, this.platform, "migrate").code()).isZero();
		String[] confirmed = { "rollback", "--to", "orders@0", "--dry-run" };
		assertThat(on(this.database, this.platform, confirmed).err()).contains(
				"""
						Careful: what service "billing" built on it stays, its migrations belong to "sh migrate.sh --up"; undo them \
						with that tool first
						""");
		refuses("""
				Error: service "billing" cannot be rolled back: its migrations belong to "sh migrate.sh --up"
				  nothing was touched; undo them with that tool
				""", "rollback", "--to", "billing@0");
		refuses("""
				Error: service "billing" has no versions: its migrations belong to "sh migrate.sh --up"
				  run it to its end with: skein migrate --only billing
				""", "migrate", "--target", "billing@1");
		refuses("""
				Error: service "billing" has no versions, its migrations belong to "sh migrate.sh --up": take its schema \
				over with: skein isolation roles
				  nothing was touched
				""",
				"baseline", "billing@1");
		refuses("""
				Error: the migrations of service "billing" belong to "sh migrate.sh --up"
				  nothing was written; let that tool create them
				""", "new", "migration", "billing", "add bills");
		assertThat(on(this.database, this.platform, "repair").out())
			.isEqualTo("Nothing to repair: the histories agree with the files.\n");
		CommandRun reset = on(this.database, this.platform, "reset", "--confirm", this.database.settings().database());
		assertThat(reset.code()).as(reset.err()).isZero();
		assertThat(this.database.tables()).hasSize(3);
	}

	@Test
	void aSeedGoesIntoWhatAToolMade() {
		this.platform.seed("billing", "demo", "a.sql", "INSERT INTO bills (id) VALUES (1);");
		CommandRun run = on(this.database, this.platform, "migrate", "--seed", "demo");
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(this.database.query("SELECT id FROM billing.bills")).containsExactly("1");
	}

	@Test
	void aManifestThatCannotBeRunIsRefused() {
		this.platform.service("billing", "run: sh migrate.sh")
			.service("both", "run: [sh, x.sh]")
			.migration("both", "V1__t.sql", "SELECT 1;")
			.migration("both", "1700000000_t.js", "")
			.service("empty", "run: []", "timeout: 0")
			.service("alone", "status: [x]", "timeout: 5m")
			.service("knex", "run: [npx, knex, migrate:latest]", "status: [npx, knex, --env=x, migrate:status]")
			.service("alembic", "run: [alembic, upgrade, head]", "status: [alembic, -q, current]")
			.service("checked", "run: [alembic, upgrade, head]", "status: [alembic, current, --check-heads]");
		CommandRun run = on(this.database, this.platform, "validate");
		assertThat(run.code()).isEqualTo(2);
		assertThat(this.platform.relative(run.err())).endsWith(
				"""
						8 problems in the catalog:

						"alembic current" in "status" ends with exit code 0 also when files are pending, so the tool would never be run
						  at alembic/service.yml:3
						  add --check-heads

						"status" is for services with "run"
						  at alone/service.yml:2
						  add run, or take status out

						"timeout" is for services with "run"
						  at alone/service.yml:3
						  add run, or take timeout out

						"run" must be a list, not text
						  at billing/service.yml:2
						  write it as [a, b], or as lines of - a

						service "both" has "run", and "V1__t.sql" in its folder migrations, which would be Skein's to run
						  at both/service.yml:2
						  let one of them migrate it: take out run, or move the files

						"run" names no program
						  at empty/service.yml:2
						  write it as [program, argument, argument]

						"0" in "timeout" is not between 1ms and 24h
						  at empty/service.yml:3
						  write 60s, 5m or 500ms

						"knex migrate:status" in "status" ends with exit code 0 also when files are pending, so the tool would never be run
						  at knex/service.yml:3
						  take status out: then every migrate runs the tool, which finds out; or name a script of your own that ends with \
						another exit code

						Nothing was touched.
						""");
	}

	@Test
	void aServiceOnTheClassPathHasNoFolderToRunIn() throws Exception {
		new PlatformFolder(this.folder.resolve("skein")).service("packed", "run: [sh, migrate.sh]");
		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.folder.toUri().toURL() }, null)) {
			assertThat(CatalogReader.read(List.of(ServiceSource.classPath(loader))).problems())
				.extracting((problem) -> problem.message() + "; " + problem.hint())
				.containsExactly(
						"service \"packed\" is packed on the class path, where \"run\" has no folder to run in;"
								+ " give its folder with --services DIR");
		}
	}

	@Test
	void undoScriptsAreTriedOnWhatAToolMade() {
		CommandRun run = on(this.database, this.platform, "validate", "--undo");
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(run.out()).startsWith("Undo passed: 2 migrations up, down and up again");
	}

	private void refuses(String error, String... arguments) {
		CommandRun run = on(this.database, this.platform, arguments);
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).endsWith(error);
	}

	/**
	 * A tool that says something and then runs SQL.
	 */
	private void tool(String statements, String... before) {
		script("migrate.sh", String.join("\n", before), "exec " + SqlProgram.shell() + " " + statements);
	}

	private void script(String name, String... lines) {
		this.platform.file("billing/" + name, String.join("\n", lines) + "\n");
	}

}
