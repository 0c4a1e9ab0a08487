package dev.skein.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who learns from the ledger what was in a row.
 */
class RowValuesTests {

	private static final String VALUE = "hush-hush";

	private final TestDatabase database = TestServer.freshDatabase();

	private final String suffix = "_" + this.database.settings().database();

	@TempDir
	Path folder;

	@AfterEach
	void dropRoles() {
		for (String role : List.of("own", "other", "deployer")) {
			this.database
				.execute("DO $$ BEGIN IF to_regrole('" + role + this.suffix + "') IS NOT NULL THEN DROP OWNED BY "
						+ role + this.suffix + " CASCADE; DROP ROLE " + role + this.suffix + "; END IF; END $$");
		}
	}

	@Test
	void membersOfTheServicesGroupAndWhoeverMigrates() {
		PlatformFolder platform = new PlatformFolder(this.folder).service("other")
			.migration("other", "V1__t.sql", "CREATE TABLE t ();")
			.service("tool", "run: [sh, tool.sh]")
			.file("tool/tool.sh", "echo " + VALUE + "; exit 1");
		fail(platform, "a-cast", "SELECT '" + VALUE + "'::int");
		fail(platform, "b-enum", "CREATE TYPE mood AS ENUM ('sad'); SELECT '" + VALUE + "\"x'::mood");
		fail(platform, "c-unique",
				"CREATE TABLE t (a text UNIQUE); INSERT INTO t VALUES ('" + VALUE + "'), ('" + VALUE + "')");
		fail(platform, "d-check", "CREATE TABLE t (a text CHECK (a = 'x')); INSERT INTO t VALUES ('" + VALUE + "')");
		fail(platform, "e-null", "CREATE TABLE t (a text, b int NOT NULL); INSERT INTO t VALUES ('" + VALUE + "')");
		fail(platform, "f-raise", "DO $$ BEGIN RAISE '% is wrong', '" + VALUE + "' USING ERRCODE = '42P01', DETAIL = '"
				+ VALUE + "'; END $$");
		fail(platform, "g-own-code", "DO $$ BEGIN RAISE unique_violation USING MESSAGE = '" + VALUE + "'; END $$");
		fail(platform, "h-date", "SELECT '" + VALUE + "'::date");
		fail(platform, "i-json", "SELECT '" + VALUE + "'::json");
		fail(platform, "j-long", "CREATE TABLE t (a varchar(3)); INSERT INTO t VALUES ('" + VALUE + "')");
		fail(platform, "k-range", "DO $$ DECLARE v text := '99999999999'; BEGIN PERFORM v::int; END $$");
		fail(platform, "l-notice", "DO $$ BEGIN RAISE WARNING '" + VALUE + "'; END $$; SELECT nonsense");
		fail(platform, "m-name", "SELECT 1 FROM nowhere");
		assertThat(CommandRun.on(this.database, platform, "migrate").code()).isEqualTo(1);
		// Whoever migrates sees all of it.
		assertThat(CommandRun.on(this.database, platform, "history", "--output", "json").out().split(VALUE, -1))
			.hasSizeGreaterThan(8);

		String own = role("own", "a_cast_app");
		String other = role("other", "other_app");
		assertThat(as(other).query("SELECT count(*) FROM skein.failure_details")).containsExactly("0");
		assertThat(as(other).query("SELECT h::text FROM skein.get_migration_history() h WHERE h::text LIKE '%" + VALUE
				+ "%' OR h::text LIKE '%99999999999%'"))
			.isEmpty();
		assertThat(as(other).query("SELECT service || ' ' || coalesce(sqlstate, '-') || ' ' || error_message"
				+ " FROM skein.get_migration_history() WHERE NOT success ORDER BY service"))
			.containsExactly("a-cast 22P02 invalid input syntax for type integer: \"…\"",
					"b-enum 22P02 invalid input value for enum mood: \"…\"",
					"c-unique 23505 duplicate key value violates unique constraint \"t_a_key\"",
					"d-check 23514 new row for relation \"t\" violates check constraint \"t_a_check\"",
					"e-null 23502 null value in column \"b\" of relation \"t\" violates not-null constraint",
					"f-raise 42P01 an error of the service's own code, SQLSTATE 42P01",
					"g-own-code 23505 an error of the service's own code, SQLSTATE 23505",
					"h-date 22007 invalid input syntax for type date: \"…\"",
					"i-json 22P02 invalid input syntax for type json",
					"j-long 22001 value too long for type character varying(3)",
					"k-range 22003 value \"…\" is out of range for type integer",
					"l-notice 42703 column \"nonsense\" does not exist",
					"m-name 42P01 relation \"nowhere\" does not exist", "tool - \"sh tool.sh\" ended with exit code 1");
		assertThat(as(own).query("SELECT d.message FROM skein.failure_details d")).singleElement()
			.asString()
			.startsWith("invalid input syntax for type integer: \"" + VALUE + "\"");
	}

	/**
	 * An administrator took from PUBLIC what PostgreSQL gives it.
	 */
	@Test
	void aServerWhosePublicMayCallNothingWorksTheSame() throws Exception {
		String deployer = "deployer" + this.suffix;
		this.database.execute("CREATE ROLE " + deployer + " LOGIN CREATEROLE");
		this.database
			.execute("GRANT CREATE ON DATABASE \"" + this.database.settings().database() + "\" TO " + deployer);
		this.database.execute("GRANT USAGE ON LANGUAGE plpgsql TO " + deployer);
		this.database.execute("DO 'BEGIN CREATE ROLE all_skein_services; EXCEPTION WHEN duplicate_object THEN END'");
		this.database.execute("GRANT all_skein_services TO " + deployer + " WITH ADMIN OPTION");
		this.database.execute("ALTER SCHEMA public OWNER TO " + deployer);
		this.database
			.execute("ALTER DEFAULT PRIVILEGES FOR ROLE " + deployer + " REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC");
		this.database.execute("REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC");
		PlatformFolder platform = new PlatformFolder(this.folder).service("menagerie", "tables: [t]")
			.migration("menagerie", "V1__t.sql", "CREATE TABLE t (id int);")
			.migration("menagerie", "V2__more.sql", "CREATE TABLE u (id int PRIMARY KEY); DROP TABLE u CASCADE;")
			.service("anthill", "requires: [menagerie]")
			.migration("anthill", "V1__x.sql", "CREATE VIEW x AS SELECT id FROM menagerie.t;");
		TestDatabase caller = this.database.as(deployer, "x");
		CommandRun.on(caller, platform, "migrate").succeeded();
		CommandRun.on(caller, platform, "wait", "--timeout", "1s").succeeded();
		CommandRun.on(caller, platform, "status", "--exit-code").succeeded();
		CommandRun.on(caller, platform, "drift").succeeded();
		String reader = role("own", "menagerie_app");
		TestDatabase service = as(reader);
		assertThat(service.query("SELECT skein.get_current_schema_version('menagerie')")).containsExactly("2");
		assertThat(service.query("SELECT skein.assert_schema_version('menagerie', '2')::text")).containsExactly("");
		assertThat(service.query("SELECT skein.missing_objects('menagerie')")).isEmpty();
		assertThat(service.query("SELECT count(*) FROM skein.get_migration_history('menagerie')")).containsExactly("2");
		assertThat(this.database
			.query("SELECT p.oid::regprocedure FROM pg_proc p WHERE pronamespace = 'skein'::regnamespace"
					+ " AND NOT has_function_privilege('" + reader
					+ "', p.oid, 'EXECUTE') ORDER BY p.oid::regprocedure::text"))
			.containsExactly("skein.name_of(oid,oid,integer)", "skein.record_unfinished_files()",
					"skein.schema_of(oid,oid)");
	}

	/**
	 * Roles belong to the server, so a session of one may be in any database.
	 */
	@Test
	void sessionsOfAServiceEndWithTheRunInEveryDatabase() throws Exception {
		TestDatabase elsewhere = TestServer.freshDatabase();
		PlatformFolder platform = new PlatformFolder(this.folder).service("roamer", "tables: [t]")
			.migration("roamer", "V1__t.sql", "CREATE TABLE t ();");
		CommandRun.on(this.database, platform, "migrate").succeeded();
		this.database.execute("ALTER ROLE skein_roamer LOGIN PASSWORD NULL VALID UNTIL 'infinity'");
		try (var session = elsewhere.as("skein_roamer", "x").connect()) {
			platform.migration("roamer", "V2__t.sql", "SELECT 1;");
			CommandRun.on(this.database, platform, "migrate").succeeded();
			await().atMost(Duration.ofSeconds(10))
				.until(() -> elsewhere.query("SELECT pid FROM pg_stat_activity WHERE usename = 'skein_roamer'")
					.isEmpty());
		}
	}

	private static void fail(PlatformFolder platform, String service, String sql) {
		platform.service(service).migration(service, "V1__fails.sql", sql + ";");
	}

	private String role(String name, String group) {
		String role = name + this.suffix;
		this.database.execute("CREATE ROLE " + role + " LOGIN IN ROLE " + group);
		return role;
	}

	private TestDatabase as(String role) {
		return this.database.as(role, "x");
	}

}
