package dev.skein.cli;

import java.nio.file.Path;
import java.util.Arrays;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlainFlyway;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class BaselineTests {

	private static final String HISTORIES = "SELECT nspname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
			+ " WHERE relname = 'flyway_schema_history' ORDER BY 1";

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawTwoServicesWhoseTablesAreThere() {
		this.platform = new PlatformFolder(this.folder).service("stock", "tables: [stock, shelf, room]")
			.migration("stock", "V001__create.sql", "CREATE TABLE stock (id int);")
			.migration("stock", "V002__shelf.sql",
					"-- create table room\ncreate table if not exists \"stock\".Shelf ();")
			.migration("stock", "V003__room.sql", "CREATE TABLE stock.room ();")
			.service("users", "requires: [stock]", "tables: [users]")
			.migration("users", "V1__create.sql", "CREATE TABLE users ();");
		this.database.execute("CREATE SCHEMA stock; CREATE TABLE stock.stock (id int); CREATE TABLE stock.shelf ();"
				+ " CREATE SCHEMA users; CREATE TABLE users.users ()");
	}

	@Test
	void takesOverSeveralSchemasInOneCallAndMigratesOnlyWhatIsAbove() {
		CommandRun refused = run("migrate");
		assertThat(refused.code()).isEqualTo(1);
		assertThat(refused.out()).contains("take it over with: skein baseline SERVICE@VERSION");

		CommandRun run = confirmed("baseline", "stock@2", "users@1");
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(run.out()).isEqualTo("""
				Began the history of service "stock" (schema "stock") at 002
				Began the history of service "users" (schema "users") at 1
				""");
		assertThat(run.err()).endsWith("""
				Begins the history of service "stock" (schema "stock") at 002; no file up to it will be run
				Begins the history of service "users" (schema "users") at 1; no file up to it will be run
				""");
		CommandRun migrated = run("migrate", "--output", "json");
		assertThat(migrated.code()).as(migrated.out()).isZero();
		assertThat(MigrationContract.service(migrated.json(), "stock").at("/migrations").toString())
			.contains("V003__room.sql")
			.doesNotContain("V002__shelf.sql");
		assertThat(this.database.query("SELECT concat_ws(' ', installed_rank, version, type, description)"
				+ " FROM stock.flyway_schema_history ORDER BY installed_rank"))
			.containsExactly("1 002 BASELINE << Flyway Baseline >>", "2 003 SQL room");
		PlainFlyway.on(this.database, this.platform, "stock").validate();
		assertThat(PlainFlyway.on(this.database, this.platform, "users").migrate().migrationsExecuted).isZero();
		assertThat(run("status", "--exit-code").code()).isZero();
	}

	@Test
	void takesServiceAndVersionAsOptionsToo() {
		CommandRun run = confirmed("baseline", "--service", "stock", "--version", "002", "--service", "users",
				"--version", "1", "--output", "json");
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(run.json().at("/dryRun").asBoolean()).isFalse();
		assertThat(run.json().at("/baselined").toString())
			.isEqualTo("[{\"service\":\"stock\",\"schema\":\"stock\",\"version\":\"002\",\"error\":null},"
					+ "{\"service\":\"users\",\"schema\":\"users\",\"version\":\"1\",\"error\":null}]");
	}

	@Test
	void reportsAllProblemsTogetherAndTouchesNothing() {
		this.platform.service("ghost", "tables: [t]").migration("ghost", "V1__t.sql", "CREATE TABLE t ();");
		CommandRun run = confirmed("baseline", "stok@1", "users@7", "ghost@1", "stock@3", "stock@2", "core");
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.out()).isEmpty();
		assertThat(run.err()).endsWith("""
				Error: 6 problems
				  service "stok" is unknown: did you mean "stock"?
				  service "users" has no version "7": its versions are 1
				  service "stock" is given twice, at 003 and at 002: leave one of them out
				  "core" names no version: write SERVICE@VERSION
				  service "ghost" has no schema "ghost" in this database: there is nothing to take over, \
				skein migrate creates it
				  service "stock" is not at 003: table "stock.room", which "V003__room.sql" creates, is not there; \
				give a lower version, or create the table
				  nothing was touched
				""");
		assertThat(this.database.query(HISTORIES)).isEmpty();
	}

	@Test
	void takesOverNoneWhereOneIsNotAsClaimed() {
		this.database.execute("DROP TABLE stock.shelf");
		CommandRun run = confirmed("baseline", "users@1", "stock@2");
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).endsWith("""
				Error: service "stock" is not at 002: table "stock.shelf", which "V002__shelf.sql" creates, \
				is not there; give a lower version, or create the table
				  nothing was touched
				""");
		assertThat(this.database.query(HISTORIES)).isEmpty();
	}

	@Test
	void refusesASchemaThatHasAHistory() {
		assertThat(confirmed("baseline", "users@1").code()).isZero();
		CommandRun run = confirmed("baseline", "users@1");
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).endsWith("""
				Error: service "users" has a history already, with 1 entry: only a schema without one is taken over; \
				see skein status
				  nothing was touched
				""");
	}

	@Test
	void takesOverASchemaWhereARunFailedAtItsFirstFile() {
		this.database.execute("DROP TABLE users.users");
		this.platform.migration("users", "V1__create.sql", "CREATE TABLE users (); SELECT 1/0;")
			.delete("users/service.yml")
			.service("users", "tables: [users]");
		assertThat(run("migrate", "--only", "users").code()).isEqualTo(1);
		this.database.execute("CREATE TABLE users.users ()");
		assertThat(run("migrate", "--only", "users").out()).contains("SQLSTATE  42P07",
				"take its schema over with: skein baseline SERVICE@VERSION");
		CommandRun run = confirmed("baseline", "users@1");
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(run("migrate", "--only", "users").code()).isZero();
	}

	@Test
	void changesNothingInADryRunOrWithoutAConfirmation() {
		CommandRun dry = run("baseline", "stock@2", "--dry-run");
		assertThat(dry.code()).isZero();
		assertThat(dry.out()).isEqualTo("Would begin the history of service \"stock\" (schema \"stock\") at 002\n");
		assertThat(run("baseline", "stock@2", "--yes").code()).isEqualTo(2);
		assertThat(this.database.query(HISTORIES)).isEmpty();
	}

	@Test
	void refusesACallThatNamesNoService() {
		assertThat(CommandRun.skein("baseline")).isEqualTo(new CommandRun(2, "", """
				Error: no service is given: write SERVICE@VERSION, several if need be
				  nothing was touched
				"""));
	}

	private CommandRun confirmed(String... arguments) {
		String[] all = Arrays.copyOf(arguments, arguments.length + 2);
		all[arguments.length] = "--confirm";
		all[arguments.length + 1] = this.database.settings().database();
		return run(all);
	}

	private CommandRun run(String... arguments) {
		return CommandRun.on(this.database, this.platform, arguments);
	}

}
