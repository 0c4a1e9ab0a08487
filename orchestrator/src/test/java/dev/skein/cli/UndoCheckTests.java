package dev.skein.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.skein.embedded.EmbeddedPostgres;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.skein.testing.CommandRun.skein;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * That {@code validate --undo} finds what an undo script forgets.
 */
class UndoCheckTests {

	private static final String LEFT = "SELECT datname FROM pg_database WHERE datname = 'skein_trial'"
			+ " UNION ALL SELECT rolname FROM pg_roles WHERE rolname ~ '(stock|orders)'";

	@TempDir
	Path folder;

	@TempDir
	Path output;

	PlatformFolder platform;

	@BeforeEach
	void drawTwoServices() {
		this.platform = new PlatformFolder(this.folder).service("stock", "referenced_by: [orders]", "tables: [stock]")
			.migration("stock", "V001__create_stock.sql",
					"CREATE TABLE stock (id int PRIMARY KEY, name text); COMMENT ON COLUMN stock.name IS 'of a thing';")
			.migration("stock", "U001__create_stock.sql", "DROP TABLE stock;")
			.migration("stock", "R__view.sql", "CREATE OR REPLACE VIEW named AS SELECT name FROM stock;")
			.service("orders", "requires: [stock]", "tables: [orders]")
			.migration("orders", "V001__create_orders.sql", "CREATE TABLE orders (id int REFERENCES stock.stock);")
			.migration("orders", "U001__create_orders.sql", "DROP TABLE orders;");
	}

	@Test
	void passesWhereEveryUndoScriptBringsBackWhatWasThere() {
		this.platform.migration("stock", "V002__index.sql", "CREATE INDEX CONCURRENTLY stock_name ON stock (name);")
			.migration("stock", "U002__index.sql", "DROP INDEX CONCURRENTLY stock_name;");
		CommandRun run = validate();
		assertThat(run.out()).matches("Undo passed: 3 migrations up, down and up again in \\d+\\.\\d+ s\n");
		assertThat(run.err()).contains("Database: \"skein_trial\" on 127.0.0.1:", ", dropped in the end",
				"Trying 3 migrations in 2 services", "[1/3] stock V001__create_stock.sql",
				"[3/3] orders V001__create_orders.sql");
		assertThat(run.code()).isZero();
	}

	@Test
	void namesEachObjectThatAnUndoScriptForgets() {
		this.platform.migration("stock", "V002__shelf.sql", """
				ALTER TABLE stock ADD shelf text DEFAULT 'A';
				CREATE INDEX stock_name ON stock (name);
				COMMENT ON COLUMN stock.name IS 'of a thing on a shelf';
				COMMENT ON TABLE stock IS 'Things';
				ALTER TABLE stock ALTER name SET NOT NULL;
				GRANT TRUNCATE ON stock TO stock_app;
				CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
				""")
			.migration("stock", "U002__shelf.sql",
					"ALTER TABLE stock DROP shelf; DROP FUNCTION f; DROP VIEW IF EXISTS x;"
							+ " COMMENT ON COLUMN stock.name IS NULL;");
		CommandRun run = validate();
		assertThat(report(run)).isEqualTo("""
				Service "stock": U002__shelf.sql does not undo V002__shelf.sql
				  file      stock/migrations/U002__shelf.sql
				  changed   column stock.stock.name
				            expected: text
				            found:    text NOT NULL
				  missing   comment on column stock.stock.name
				            of a thing
				  left      comment on table stock.stock
				            Things
				  left      index stock.stock_name
				            CREATE INDEX stock_name ON stock.stock USING btree (name)
				  changed   rights of stock_app on table stock.stock
				            expected: DELETE, INSERT, SELECT, UPDATE
				            found:    DELETE, INSERT, SELECT, TRUNCATE, UPDATE
				  way out   let U002__shelf.sql bring back exactly what was there before V002__shelf.sql

				Service "stock": V002__shelf.sql cannot be applied again after U002__shelf.sql
				  file      stock/migrations/V002__shelf.sql, line 2
				  SQLSTATE  42P07
				  kind      idempotent: what the file makes is there already
				  message   relation "stock_name" already exists
				  way out   it could be applied once: let U002__shelf.sql bring back exactly what was there before

				Undo failed: 1 migration with findings, 3 of 3 tried in ? s
				""");
		assertThat(run.code()).isOne();
	}

	@Test
	void goesOnAfterEachFileThatCannotBeAppliedAgain() {
		this.platform.migration("stock", "V002__a.sql", "CREATE TABLE a ();")
			.migration("stock", "U002__a.sql", "SELECT 1;")
			.migration("stock", "V003__b.sql", "CREATE TABLE b ();")
			.migration("stock", "U003__b.sql", "DROP TABLE b;")
			.migration("stock", "V004__c.sql", "CREATE TABLE c ();")
			.migration("stock", "U004__c.sql", "SELECT 1;");
		CommandRun run = validate();
		assertThat(run.out())
			.contains("V002__a.sql cannot be applied again", "V004__c.sql cannot be applied again",
					"Undo failed: 2 migrations with findings, 5 of 5 tried in")
			.doesNotContain("was not tried");
		assertThat(run.code()).isOne();
	}

	@Test
	void triesOnlyWhatComesAfterTheVersionOfAnAdoption() {
		this.platform.delete("stock/migrations/U001__create_stock.sql")
			.migration("stock", "V002__room.sql", "ALTER TABLE stock ADD room text;")
			.migration("stock", "U002__room.sql", "ALTER TABLE stock DROP room;");
		for (String since : new String[] { "stock@001", "1" }) {
			assertThat(validate("--since", since).out()).startsWith("Undo passed: "
					+ (since.equals("1") ? "1 migration" : "2 migrations") + " up, down and up again in");
		}
		CommandRun unknown = validate("--since", "stock@7");
		assertThat(unknown.code()).isEqualTo(2);
		assertThat(validate("--since", "9").err()).isEqualTo("""
				Error: --since: no service has a version "9"
				  write a version, or SERVICE@VERSION
				""");
		assertThat(skein("validate", "--since", "1").err()).startsWith("Error: --since goes with --undo\n");
	}

	@Test
	void takesConstantsThatStandForNowForTheSame() {
		this.platform
			.migration("stock", "V002__now.sql",
					"""
							ALTER TABLE stock ADD at timestamp DEFAULT 'now'::timestamp, ADD zoned timestamptz DEFAULT 'now'::timestamptz,
							    ADD day date DEFAULT 'tomorrow'::date, ADD hour time DEFAULT 'now'::time, ADD CHECK (at <> 'now'::timestamp);
							""")
			.migration("stock", "U002__now.sql", "ALTER TABLE stock DROP at, DROP zoned, DROP day, DROP hour;");
		assertThat(validate().out()).startsWith("Undo passed: 3 migrations up, down and up again in");
	}

	@Test
	void namesAMigrationWithoutUndoScript() {
		this.platform.delete("orders/migrations/U001__create_orders.sql");
		CommandRun run = validate();
		assertThat(report(run)).isEqualTo("""
				Service "orders": V001__create_orders.sql has no undo script
				  file      orders/migrations/V001__create_orders.sql
				  way out   write U001__create_orders.sql beside it, which undoes what it does

				Undo failed: 1 migration with findings, 2 of 2 tried in ? s
				""");
		assertThat(run.code()).isOne();
	}

	@Test
	void tellsWhereAnUndoScriptFailedAndGoesOn() {
		this.platform.migration("stock", "U001__create_stock.sql",
				"-- comment\nDROP TABLE stock;\nDROP TABLE shelf;\n");
		CommandRun run = validate();
		assertThat(report(run)).isEqualTo("""
				Service "stock": U001__create_stock.sql failed
				  file      stock/migrations/U001__create_stock.sql, line 3
				  SQLSTATE  42P01
				  message   table "shelf" does not exist
				  way out   check the name and its schema; if another service creates it, add that service to requires

				Undo failed: 1 migration with findings, 2 of 2 tried in ? s
				""");
		assertThat(run.code()).isOne();
	}

	@Test
	void tellsThatAMigrationMakesSomethingElseWhenItIsAppliedAgain() {
		this.platform.migration("stock", "V002__shelf.sql", """
				DO 'BEGIN
				    IF NOT EXISTS (SELECT FROM stock) THEN
				        ALTER TABLE stock ADD shelf text;
				        INSERT INTO stock VALUES (1, ''first'');
				    END IF;
				END';
				""").migration("stock", "U002__shelf.sql", "ALTER TABLE stock DROP shelf; DROP VIEW IF EXISTS x;");
		CommandRun run = validate();
		assertThat(report(run)).isEqualTo("""
				Service "stock": V002__shelf.sql makes something else after U002__shelf.sql
				  file      stock/migrations/U002__shelf.sql
				  missing   column stock.stock.shelf
				            text
				  way out   let U002__shelf.sql bring back all that V002__shelf.sql begins with

				Undo failed: 1 migration with findings, 3 of 3 tried in ? s
				""");
		assertThat(run.code()).isOne();
	}

	@Test
	void triesOnlyTheServicesThatWereNamed() {
		this.platform.delete("stock/migrations/U001__create_stock.sql");
		CommandRun run = validate("--only", "orders", "--output", "json");
		assertThat(run.json().at("/passed").asBoolean()).isTrue();
		assertThat(run.json().at("/migrations").asInt()).isOne();
		assertThat(run.err()).endsWith("Trying 1 migration in 1 service\n[1/1] orders V001__create_orders.sql\n");
		assertThat(run.code()).isZero();
	}

	@Test
	void answersInJson() {
		this.platform.migration("stock", "V002__index.sql", "CREATE INDEX i ON stock (name);")
			.migration("stock", "U002__index.sql", "DROP INDEX i; GRANT SELECT ON stock TO PUBLIC;");
		CommandRun run = validate("--output", "json");
		assertThat(report(run).replaceAll("\"durationMillis\" : \\d+", "\"durationMillis\" : 0")).isEqualTo("""
				{
				  "passed" : false,
				  "migrations" : 3,
				  "tried" : 3,
				  "durationMillis" : 0,
				  "findings" : [ {
				    "finding" : "not-undone",
				    "service" : "stock",
				    "migration" : "V002__index.sql",
				    "undo" : "U002__index.sql",
				    "file" : "stock/migrations/U002__index.sql",
				    "differences" : [ {
				      "object" : "rights of PUBLIC on table stock.stock",
				      "change" : "added",
				      "expected" : null,
				      "found" : "SELECT"
				    } ],
				    "error" : null
				  } ],
				  "blocked" : [ ]
				}
				""");
		assertThat(run.code()).isOne();
	}

	@Test
	void tellsWhichMigrationFailedAndWhatWasNotTried() {
		this.platform.migration("stock", "V002__wrong.sql", "ALTER TABLE shelf ADD x int;");
		CommandRun run = validate();
		assertThat(report(run)).isEqualTo("""
				Service "stock": V002__wrong.sql failed
				  file      stock/migrations/V002__wrong.sql, line 1
				  SQLSTATE  42P01
				  message   relation "shelf" does not exist
				  way out   check the name and its schema; if another service creates it, add that service to requires

				Service "orders" was not tried: it requires "stock"

				Undo failed: 1 migration with findings, 2 of 3 tried in ? s
				""");
		assertThat(run.code()).isOne();
	}

	@Test
	void leavesNoDatabaseAndNoRoleThatWasNotThere() {
		onServer((maintenance) -> {
			maintenance.execute("DROP DATABASE IF EXISTS skein_trial");
			maintenance.execute("CREATE DATABASE skein_trial");
			maintenance.execute("DROP ROLE IF EXISTS orders_app; CREATE ROLE orders_app");
		});
		assertThat(validate().code()).isZero();
		onServer((maintenance) -> {
			assertThat(maintenance.query(LEFT)).containsExactly("orders_app");
			maintenance.execute("DROP ROLE orders_app");
		});
	}

	@Test
	void tellsWhatEndedTheSessionOfAnUndoScript() {
		this.platform.migration("orders", "U001__create_orders.sql",
				"DROP TABLE orders; SELECT pg_terminate_backend(pg_backend_pid());");
		CommandRun run = validate();
		assertThat(report(run)).isEqualTo("""
				Service "orders": U001__create_orders.sql failed
				  file      orders/migrations/U001__create_orders.sql, line 1
				  SQLSTATE  57P01
				  message   terminating connection due to administrator command
				  way out   the connection was lost: check the server, the same command goes on from here

				Undo failed: 1 migration with findings, 2 of 2 tried in ? s
				""");
		assertThat(run.code()).isOne();
	}

	@Test
	void leavesNothingWhenItIsInterrupted() {
		this.platform.migration("stock", "V002__slow.sql", "SELECT pg_sleep(120);")
			.migration("stock", "U002__slow.sql", "SELECT 1;");
		Path out = this.output.resolve("out");
		onServer((maintenance) -> {
			maintenance.execute("DROP ROLE IF EXISTS orders_app");
			Process process = start(out);
			await().atMost(Duration.ofSeconds(60))
				.until(() -> !maintenance.query("SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
					.isEmpty());
			process.destroy();
			assertThat(process.waitFor()).isEqualTo(143);
			assertThat(maintenance.query(LEFT)).isEmpty();
		});
		assertThat(out).content()
			.matches("Undo failed: 0 migrations with findings, 1 of 3 tried in \\d+\\.\\d+ s; interrupted\n");
	}

	@Test
	void takesOnlyForUndoScriptsOnly() {
		CommandRun run = skein("validate", "--only", "core");
		assertThat(run).isEqualTo(
				new CommandRun(2, "", "Error: --only goes with --undo\n  validate checks all services together\n"));
	}

	private Process start(Path out) throws IOException {
		return new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-XX:TieredStopAtLevel=1",
				"-Dskein.home=" + CommandRun.HOME, "-cp", System.getProperty("java.class.path"), "dev.skein.Skein",
				"validate", "--undo", "--no-builtin", "--services", this.folder.toString())
			.redirectOutput(out.toFile())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

	private static void onServer(ThrowingConsumer<TestDatabase> work) {
		try (EmbeddedPostgres server = EmbeddedPostgres.start(CommandRun.HOME, (line) -> {
		})) {
			work.accept(new TestDatabase(server.settings("postgres")));
		}
	}

	private CommandRun validate(String... arguments) {
		List<String> all = new ArrayList<>(
				List.of("validate", "--undo", "--no-builtin", "--services", this.folder.toString()));
		all.addAll(Arrays.asList(arguments));
		return skein(all.toArray(String[]::new));
	}

	private String report(CommandRun run) {
		return this.platform.relative(run.out()).replaceAll("in \\d+\\.\\d+ s", "in ? s");
	}

}
