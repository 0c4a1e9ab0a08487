package dev.skein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static dev.skein.testing.CommandRun.on;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * That no file changes another schema where every file runs as the given user.
 */
class OutsideChangeTests {

	private static final String CHANGED = "service \"shop\" changed outside its schema \"shop\": ";

	/** What a file of "shop" says, and what it would change of "base". */
	private static final Map<String, String> CHANGES = new TreeMap<>(Map.ofEntries(
			Map.entry("ALTER TABLE base.t ADD x int;", "column base.t.x"),
			Map.entry("ALTER TABLE base.t DROP b;", "column base.t.b"),
			Map.entry("ALTER TABLE base.t ALTER b SET DEFAULT 'x';", "default for base.t.b"),
			Map.entry("ALTER TABLE base.t ADD CHECK (a > 0);", "constraint t_a_check on base.t"),
			Map.entry("ALTER TABLE base.t DROP CONSTRAINT c;", "constraint c on base.t"),
			Map.entry("ALTER TABLE base.t ENABLE ROW LEVEL SECURITY;", "table base.t"),
			Map.entry("ALTER TABLE base.t RENAME TO u;", "table base.t"),
			Map.entry("ALTER TABLE base.t DISABLE TRIGGER g;", "trigger g on base.t"),
			Map.entry("DROP TRIGGER g ON base.t;", "trigger g on base.t"),
			Map.entry("DROP POLICY p ON base.t;", "policy p on base.t"),
			Map.entry("GRANT SELECT ON base.t TO PUBLIC;", "table base.t"),
			Map.entry("GRANT SELECT (a) ON base.t TO PUBLIC;", "column base.t.a"),
			Map.entry("GRANT USAGE ON SCHEMA base TO PUBLIC;", "schema base"),
			Map.entry("COMMENT ON TABLE base.t IS 'x';", "table base.t"),
			Map.entry("COMMENT ON FUNCTION base.f() IS 'x';", "function base.f()"),
			Map.entry("TRUNCATE base.free;", "index base.i of service \"base\", table base.free"),
			Map.entry("DROP TABLE base.free;", "index base.i of service \"base\", table base.free"),
			Map.entry("DROP INDEX base.i;", "index base.i"), Map.entry("DROP VIEW base.v;", "view base.v"),
			Map.entry("CREATE OR REPLACE VIEW base.v AS SELECT 2 AS one;", "view base.v"),
			Map.entry("DROP FUNCTION base.f();", "function base.f()"),
			Map.entry("CREATE OR REPLACE FUNCTION base.f() RETURNS int LANGUAGE sql AS 'SELECT 2';",
					"function base.f()"),
			Map.entry("ALTER TYPE base.mood ADD VALUE 'more';", "type base.mood"),
			Map.entry("DROP TYPE base.mood;", "type base.mood"),
			Map.entry("ALTER SEQUENCE base.s INCREMENT 7;", "sequence base.s"),
			Map.entry("INSERT INTO base.free VALUES (1);", "rows of table base.free"),
			Map.entry("UPDATE base.t SET b = 'x';", "rows of table base.t"),
			Map.entry("DELETE FROM base.t;", "rows of table base.t"),
			Map.entry(
					"DO $$ BEGIN EXECUTE 'DROP TABLE base.' || 'free'; EXCEPTION WHEN division_by_zero THEN NULL; END $$;",
					"index base.i of service \"base\", table base.free"),
			Map.entry("CREATE FUNCTION sly() RETURNS void LANGUAGE sql AS 'DELETE FROM base.t'; SELECT sly();",
					"rows of table base.t")));

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void createAServiceBesideAnother() {
		this.platform = new PlatformFolder(this.folder).service("base", "referenced_by: all", "tables: [t, free]")
			.migration("base", "V1__all.sql", """
					CREATE TABLE t (id int PRIMARY KEY, a int, b text, CONSTRAINT c CHECK (a < 10));
					CREATE TABLE free (a int);
					CREATE INDEX i ON free (a);
					CREATE TYPE mood AS ENUM ('so');
					CREATE SEQUENCE s;
					CREATE VIEW v AS SELECT 1 AS one;
					CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
					CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
					CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION g();
					CREATE POLICY p ON t;
					INSERT INTO t VALUES (1, 1, 'b');""")
			.service("shop", "requires: [base]", "tables: [own]")
			.migration("shop", "V1__own.sql", "CREATE TABLE own (id int PRIMARY KEY, base int REFERENCES base.t);");
	}

	@Test
	void aFileThatChangesAnotherSchemaIsRolledBackAndNamesWhat() {
		migrated();
		List<String> found = new ArrayList<>();
		List<String> expected = new ArrayList<>();
		CHANGES.forEach((sql, changed) -> {
			this.platform.migration("shop", "V2__sly.sql", "CREATE TABLE mine (a int); DROP TABLE mine; " + sql);
			JsonNode error = errorOf(migrate());
			found.add(sql + " " + error.at("/message").asString());
			expected.add(sql + " " + CHANGED + changed + (changed.startsWith("schema ") ? "" : " of service \"base\""));
		});
		assertThat(found).isEqualTo(expected);
		this.platform.delete("shop/migrations/V2__sly.sql");
		assertThat(on(this.database, this.platform, "verify").succeeded().code()).isZero();
		assertThat(this.database.query("SELECT b FROM base.t")).containsExactly("b");
	}

	@Test
	void everythingInTheOwnSchemaAndItsKeysIsAllowed() {
		this.platform.service("base", "referenced_by: all", "tables: [t, free, log, child]")
			.service("shop", "requires: [base]", "tables: [own, more]")
			.migration("shop", "V0__more.sql", "CREATE TABLE more (id int);")
			.migration("base", "V2__given.sql",
					"CREATE TABLE log (a int); GRANT INSERT ON log TO PUBLIC; CREATE TABLE child (t int REFERENCES t ON DELETE CASCADE);");
		migrated();
		this.platform.migration("shop", "V2__own.sql", """
				ALTER TABLE more ADD FOREIGN KEY (id) REFERENCES base.t, ADD b int REFERENCES base.t ON DELETE CASCADE;
				COMMENT ON TABLE more IS 'x'; GRANT SELECT ON more TO PUBLIC; ALTER TABLE more ADD x int;
				DROP TABLE own; CREATE TABLE own (id int PRIMARY KEY, base int REFERENCES base.t);
				INSERT INTO own VALUES (1, 1); SELECT nextval('base.s'); INSERT INTO base.log VALUES (1);
				CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
				CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2';
				CREATE TYPE mood AS ENUM ('so'); CREATE TEMP TABLE scratch (a int); DROP TABLE scratch;
				LOCK TABLE base.t; ALTER TABLE more DROP x; DROP FUNCTION f();""")
			.migration("shop", "V3__drop.sql",
					"ALTER TABLE own DROP base; ALTER TABLE more DROP b CASCADE; DROP TYPE mood;");
		migrated();
		this.platform.migration("base", "V3__own.sql", "DELETE FROM free;");
		migrated();
	}

	@Test
	void aRepeatableASeedAndAnUndoScriptAreRefusedAsWell() {
		migrated();
		this.platform.migration("shop", "R__r.sql", "DROP TABLE base.free;");
		JsonNode error = errorOf(migrate());
		assertThat(error.at("/message").asString())
			.isEqualTo(CHANGED + "index base.i of service \"base\", table base.free of service \"base\"");
		assertThat(error.at("/hint").asString()).isEqualTo("move that into a file of the service that owns it, then run"
				+ " again; with --isolation roles, PostgreSQL refuses the statement itself");
		this.platform.delete("shop/migrations/R__r.sql").seed("shop", "demo", "a.sql", "DELETE FROM base.t;");
		CommandRun seeded = on(this.database, this.platform, "migrate", "--isolation", "none", "--seed", "demo");
		assertThat(seeded.code()).isOne();
		assertThat(seeded.out()).contains(CHANGED + "rows of table base.t of service \"base\"");
		this.platform.migration("shop", "V2__a.sql", "SELECT 1;")
			.migration("shop", "U2__a.sql", "ALTER TABLE base.t DROP a;");
		migrated();
		CommandRun undone = on(this.database, this.platform, "rollback", "--to", "shop@1", "--isolation", "none",
				"--confirm", this.database.settings().database());
		assertThat(undone.code()).as(undone.out() + undone.err()).isOne();
		assertThat(undone.out()).contains(CHANGED + "column base.t.a of service \"base\"");
		assertThat(this.database.query("SELECT a FROM base.t")).containsExactly("1");
	}

	private void migrated() {
		CommandRun run = migrate();
		assertThat(run.code()).as(run.out() + run.err()).isZero();
	}

	private CommandRun migrate() {
		return on(this.database, this.platform, "migrate", "--isolation", "none", "--output", "json");
	}

	private static JsonNode errorOf(CommandRun run) {
		return run.json()
			.at("/services")
			.valueStream()
			.filter((one) -> one.at("/service").asString().equals("shop"))
			.findFirst()
			.orElseThrow()
			.at("/error");
	}

}
