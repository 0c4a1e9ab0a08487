package dev.skein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
 * That no file takes along what depends on its schema from other schemas.
 */
class CascadeTests {

	/** What the services beside "base" have there, all of it by its definition. */
	private static final String OUTSIDE = """
			SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
			    SELECT format('%s %s %s', a.attrelid::regclass, a.attname, a.atttypid::regtype) AS line
			    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
			    WHERE c.relnamespace IN ('shop'::regnamespace, 'third'::regnamespace) AND NOT a.attisdropped
			    UNION ALL SELECT format('%s %s', k.oid, k.conname) FROM pg_constraint k
			    WHERE connamespace = 'shop'::regnamespace
			    UNION ALL SELECT format('default %s', pg_get_expr(adbin, adrelid)) FROM pg_attrdef
			    UNION ALL SELECT p.oid::regprocedure::text FROM pg_proc p WHERE pronamespace = 'shop'::regnamespace
			    UNION ALL SELECT format('trigger %s', tgname) FROM pg_trigger WHERE tgrelid = 'shop.t'::regclass
			    UNION ALL SELECT format('policy %s', polname) FROM pg_policy
			    UNION ALL SELECT format('rows %s', t) FROM shop.t) lines""";

	/** What a file of "base" says, and what others would lose. */
	private static final Map<String, String> TAKING = Map.ofEntries(
			Map.entry("DROP TABLE item CASCADE;",
					"foreign key t_item_fkey on shop.t of SHOP, function shop.body() of SHOP, function"
							+ " shop.rows_of(base.item[]) of SHOP, view shop.v of SHOP, view third.w of THIRD"),
			Map.entry("ALTER TABLE item DROP COLUMN name CASCADE;",
					"function shop.body() of SHOP, view shop.v of SHOP, view third.w of THIRD"),
			Map.entry("ALTER TABLE item DROP CONSTRAINT item_pkey CASCADE;",
					"foreign key t_item_fkey on shop.t of SHOP"),
			Map.entry("ALTER TABLE key ALTER id TYPE bigint;", "foreign key t_key_fkey on shop.t of SHOP"),
			Map.entry("DROP TYPE mood CASCADE;", "column shop.t.mood of SHOP, column shop.t.moods of SHOP"),
			Map.entry("DROP DOMAIN amount CASCADE;", "column shop.t.amount of SHOP"),
			Map.entry("DROP SEQUENCE number CASCADE;", "default for shop.t.number of SHOP"),
			Map.entry("DROP FUNCTION twice CASCADE;",
					"column shop.t.computed of SHOP, constraint t_checked_check on shop.t of SHOP, index shop.t_twice of"
							+ " SHOP, policy p on shop.t of SHOP"),
			Map.entry("DROP FUNCTION trigger_function CASCADE;", "trigger g on shop.t of SHOP"),
			Map.entry("SET client_min_messages = error; DO $$ BEGIN EXECUTE 'DROP DOMAIN amount CASCADE'; END $$;",
					"column shop.t.amount of SHOP"),
			Map.entry(
					"CREATE FUNCTION sly() RETURNS void LANGUAGE sql AS 'DROP DOMAIN base.amount CASCADE'; SELECT sly();",
					"column shop.t.amount of SHOP"));

	private static final String AMOUNT = "service \"base\" would take along what is not its own: column shop.t.amount of"
			+ " service \"shop\"";

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void createServicesThatDependOnOne() {
		this.platform = new PlatformFolder(this.folder).service("base", "referenced_by: all", "tables: [item, key]")
			.migration("base", "V1__all.sql", """
					CREATE TABLE item (id int PRIMARY KEY, name text, rest int);
					CREATE TABLE key (id int PRIMARY KEY);
					CREATE TYPE mood AS ENUM ('so');
					CREATE DOMAIN amount AS int;
					CREATE SEQUENCE number;
					CREATE FUNCTION twice(x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2 * x';
					CREATE FUNCTION trigger_function() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
					CREATE VIEW own AS SELECT rest FROM item;
					GRANT USAGE ON SEQUENCE number TO all_skein_services;""")
			.service("shop", "requires: [base]", "tables: [t]")
			.migration("shop", "V1__t.sql",
					"""
							CREATE TABLE t (id int PRIMARY KEY, item int REFERENCES base.item, key int REFERENCES base.key,
							    mood base.mood, moods base.mood[], amount base.amount, number int DEFAULT nextval('base.number'),
							    checked int CHECK (base.twice(checked) > 0),
							    computed int GENERATED ALWAYS AS (base.twice(checked)) STORED);
							CREATE INDEX t_twice ON t (base.twice(checked));
							CREATE VIEW v AS SELECT id, name FROM base.item;
							CREATE FUNCTION body() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT count(name)::int FROM base.item; END;
							CREATE FUNCTION rows_of(items base.item[]) RETURNS int LANGUAGE sql AS 'SELECT 1';
							CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION base.trigger_function();
							CREATE POLICY p ON t USING (base.twice(checked) > 0);
							INSERT INTO t (id, mood, amount) VALUES (1, 'so', 5);""")
			.service("third", "requires: [shop, base]", "tables: []")
			.migration("third", "V1__w.sql", "CREATE VIEW w AS SELECT * FROM shop.v;");
	}

	@Test
	void aFileThatTakesSomethingAlongIsRolledBackAndNamesIt() {
		everyKindIsRefused("roles");
	}

	@Test
	void withoutIsolationItIsTheSame() {
		everyKindIsRefused("none");
	}

	private void everyKindIsRefused(String isolation) {
		assertMigrated(migrate(isolation));
		String before = this.database.query(OUTSIDE).get(0);
		List<String> found = new ArrayList<>();
		List<String> expected = new ArrayList<>();
		TAKING.forEach((sql, lost) -> {
			this.platform.migration("base", "V2__taking.sql", sql);
			found.add(sql + " " + errorOf(migrate(isolation), "base"));
			expected.add(sql + " V2__taking.sql: service \"base\" would take along what is not its own: "
					+ lost.replace("SHOP", "service \"shop\"").replace("THIRD", "service \"third\""));
			assertThat(this.database.query(OUTSIDE).get(0)).as(sql).isEqualTo(before);
		});
		assertThat(found).isEqualTo(expected);
	}

	@Test
	void whatStaysInTheSchemaMayBeDroppedAndChanged() {
		assertMigrated(migrate("roles"));
		this.platform.migration("base", "V2__own.sql", """
				DROP VIEW own CASCADE; ALTER TABLE item DROP COLUMN rest CASCADE, ADD COLUMN more int;
				ALTER TABLE item RENAME COLUMN name TO title; ALTER TYPE mood ADD VALUE 'other';
				CREATE OR REPLACE FUNCTION twice(x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT x + x';
				ALTER TABLE key RENAME TO lock; REINDEX TABLE item;""")
			.service("base", "referenced_by: all", "tables: [item, lock]")
			.migration("shop", "V2__own.sql", "DROP TABLE t CASCADE; CREATE TABLE t (id int REFERENCES base.item);");
		assertMigrated(migrate("roles"));
	}

	@Test
	void aRepeatableIsRefusedAsWell() {
		assertMigrated(migrate("roles"));
		this.platform.migration("base", "R__v.sql", "DROP DOMAIN amount CASCADE;");
		assertThat(errorOf(migrate("roles"), "base")).isEqualTo("R__v.sql: " + AMOUNT);
	}

	@Test
	void theHintTellsWhoHasToGoFirst() {
		assertMigrated(migrate("roles"));
		this.platform.migration("base", "V2__x.sql", "DROP DOMAIN amount CASCADE;");
		CommandRun run = migrate("roles");
		assertThat(run.code()).isEqualTo(1);
		assertThat(service(run, "base").at("/error/hint").asString())
			.isEqualTo("let those services give it up first, in files of their own, then run again; without CASCADE,"
					+ " PostgreSQL refuses and names what depends on it");
	}

	@Test
	void aSeedIsRefusedAsWell() {
		assertMigrated(migrate("roles"));
		this.platform.seed("base", "development", "S1__x.sql", "DROP DOMAIN base.amount CASCADE;");
		CommandRun run = on(this.database, this.platform, "migrate", "--seed", "development");
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.out()).contains(AMOUNT);
		assertThat(this.database.query("SELECT amount FROM shop.t")).containsExactly("5");
	}

	@Test
	void anUndoScriptIsRefusedAsWell() {
		assertMigrated(migrate("roles"));
		this.platform.migration("base", "V2__x.sql", "ALTER TABLE item ADD x int;")
			.migration("base", "U2__x.sql", "DROP DOMAIN amount CASCADE;");
		assertMigrated(migrate("roles"));
		CommandRun run = on(this.database, this.platform, "rollback", "--to", "base@1", "--confirm",
				this.database.settings().database());
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.out()).contains(AMOUNT);
		assertThat(this.database.query("SELECT amount FROM shop.t")).containsExactly("5");
	}

	@Test
	void outsideATransactionWhatIsGoneIsNamed() {
		assertMigrated(migrate("roles"));
		this.platform.migration("base", "V2__x.sql",
				"-- transaction: none\nDROP DOMAIN amount CASCADE;\nCREATE INDEX CONCURRENTLY ON item (name);");
		CommandRun run = migrate("roles");
		assertThat(errorOf(run, "base"))
			.isEqualTo("V2__x.sql: service \"base\" took along what is not its own, and outside a transaction nothing"
					+ " is rolled back: column shop.t.amount of service \"shop\"");
		assertThat(service(run, "base").at("/error/hint").asString())
			.isEqualTo("make again what is gone, in new files of those services, and take CASCADE out");
	}

	@Test
	void aTransactionInsideSuchAFileIsRolledBack() {
		assertMigrated(migrate("roles"));
		this.platform.migration("base", "V2__x.sql",
				"-- transaction: none\nBEGIN;\nDROP DOMAIN amount CASCADE;\nCOMMIT;");
		assertThat(errorOf(migrate("roles"), "base")).isEqualTo("V2__x.sql: " + AMOUNT);
		assertThat(this.database.query("SELECT amount FROM shop.t")).containsExactly("5");
	}

	@Test
	void whatItsOwnServiceDropsMeanwhileIsNotTheFilesFault() {
		assertMigrated(migrate("roles"));
		String known = this.database.query("SELECT skein.dependents_outside('base', true)").get(0);
		this.database.execute("DROP VIEW third.w, shop.v");
		String gone = "SELECT skein.dependents_gone('" + known + "', %s)";
		assertThat(this.database.query(gone.formatted(true))).containsExactly("null");
		assertThat(this.database.query(gone.formatted(false)).get(0)).endsWith(" view shop.v of service \"shop\"");
	}

	private CommandRun migrate(String isolation) {
		return on(this.database, this.platform, "migrate", "--isolation", isolation, "--output", "json");
	}

	private static void assertMigrated(CommandRun run) {
		assertThat(run.code()).as(run.out() + run.err()).isZero();
	}

	private static String errorOf(CommandRun run, String service) {
		JsonNode error = service(run, service).at("/error");
		return error.at("/migration").asString() + ": " + error.at("/message").asString();
	}

	private static JsonNode service(CommandRun run, String name) {
		return run.json()
			.at("/services")
			.valueStream()
			.filter((one) -> one.at("/service").asString().equals(name))
			.findFirst()
			.orElseThrow();
	}

}
