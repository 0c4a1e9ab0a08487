package dev.skein.cli;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.skein.testing.ReferencePlatform;
import dev.skein.testing.CommandRun;
import dev.skein.testing.DumpableServer;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Backups that are taken and brought back.
 */
@EnabledIf("dev.skein.testing.DumpableServer#isThere")
class BackupTests extends BackupFixture {

	@Test
	void bringsAPlatformBackIntoTheSameDatabase() {
		CommandRun backup = run("backup", this.file.toString());
		assertThat(backup.code()).as(backup.err()).isZero();
		assertThat(backup.out()).matches("Wrote \\S+/platform.dump: 4 schemas, 16 tables, \\d+ kB\n");
		assertThat(backup.err()).endsWith("Backing up 4 schemas to " + this.file + "\n");
		List<String> before = contents(this.database);
		this.database.execute("DELETE FROM intruder.own; DROP TABLE required.words; CREATE TABLE neighbour.extra ();"
				+ " INSERT INTO neighbour.t VALUES (2)");

		CommandRun restore = run("restore", this.file.toString(), "--confirm", name());
		assertThat(restore.code()).as(restore.err()).isZero();
		assertThat(restore.out()).isEqualTo("Restored 3 schemas with 5 tables from " + this.file + "\n");
		assertThat(restore.err()).containsPattern("""
				Replaces everything in these schemas:
				  SCHEMA     TABLES    ROWS          IN THE BACKUP
				  neighbour  2 tables  about \\d rows? +1 table
				""");
		assertThat(contents(this.database)).isEqualTo(before);
		assertThat(this.database.query("SELECT required.text_of()").get(0)).contains("\\restrict abc\n");
		assertIsWhole(this.caller);
		assertThat(this.database.query("SELECT command || ' ' || outcome FROM skein.runs ORDER BY started_at"))
			.containsExactly("migrate applied", "restore applied");
	}

	/**
	 * PostgreSQL calls such functions as whoever writes the rows.
	 */
	@Test
	void runsNoCodeOfAServiceAsWhoeverRestores() {
		String tells = "CREATE FUNCTION %s(x int) RETURNS %s LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN IF current_user <>"
				+ " 'skein_neighbour' THEN RAISE 'run by %%', current_user; END IF; RETURN %s; END $$;";
		this.platform
			.migration("neighbour", "V009__code.sql",
					tells.formatted("allowed", "boolean", "true") + tells.formatted("made", "int", "x") + """
							CREATE TABLE code (id int CHECK (neighbour.allowed(id)),
							    twice int GENERATED ALWAYS AS (neighbour.made(id)) STORED) PARTITION BY RANGE (id);
							CREATE TABLE code_1 PARTITION OF code FOR VALUES FROM (0) TO (10);
							CREATE INDEX ON code_1 (neighbour.made(id));
							CREATE TABLE later (id int);
							INSERT INTO later VALUES (1);
							ALTER TABLE later ADD CONSTRAINT "later ; check" CHECK (neighbour.allowed(id)) NOT VALID;
							INSERT INTO code VALUES (1);
							CREATE TABLE "x FROM stdin;
							" (id int);
							INSERT INTO "x FROM stdin;
							" VALUES (7);
							""")
			.service("neighbour", "tables: [t, code, later]");
		CommandRun migrated = migrate();
		assertThat(migrated.code()).as(migrated.err() + migrated.out()).isNotEqualTo(2);
		assertThat(run("backup", this.file.toString()).code()).isZero();
		CommandRun restore = run("restore", this.file.toString(), "--confirm", name());
		assertThat(restore.code()).as(restore.err()).isZero();
		assertThat(this.database
			.query("SELECT twice FROM neighbour.code UNION ALL SELECT id FROM neighbour.later UNION ALL"
					+ " SELECT id FROM neighbour.\"x FROM stdin;\n\""))
			.containsExactly("1", "1", "7");
	}

	@Test
	void bringsAPlatformBackIntoAFreshDatabase() {
		run("backup", this.file.toString());
		List<String> before = contents(this.database);
		TestDatabase fresh = fresh(freshDatabase());
		CommandRun restore = run(fresh, "", "restore", this.file.toString(), "--confirm", fresh.settings().database());
		assertThat(restore.code()).as(restore.err()).isZero();
		assertThat(contents(fresh)).isEqualTo(before);
		assertIsWhole(fresh);
	}

	/**
	 * Where the roles do not exist, and the server is newer than the programs.
	 */
	@Test
	void bringsAPlatformBackOnAnotherServer() {
		run("backup", this.file.toString());
		List<String> before = contents(this.database);
		this.database = TestServer.freshDatabase();
		TestDatabase fresh = caller();
		CommandRun restore = run(fresh, "", "restore", this.file.toString(), "--confirm", fresh.settings().database());
		assertThat(restore.code()).as(restore.err()).isZero();
		assertThat(contents(fresh)).isEqualTo(before);
		assertIsWhole(fresh);
	}

	@Test
	void bringsOneServiceBackAndKeepsTheForeignKeysOfOthers() {
		run("backup", this.file.toString());
		this.database.execute("UPDATE required.words SET note = 'changed'; INSERT INTO neighbour.t VALUES (2)");
		CommandRun restore = run("restore", this.file.toString(), "--service", "required", "--confirm", name());
		assertThat(restore.code()).as(restore.err()).isZero();
		assertThat(restore.out()).isEqualTo("Restored 1 schema with 3 tables from " + this.file + "\n");
		assertThat(this.database.query("SELECT count(*) FROM required.words WHERE note = 'changed'"))
			.containsExactly("0");
		assertThat(this.database.query("SELECT count(*) FROM neighbour.t")).containsExactly("2");
		assertThat(this.database.query("SELECT conname FROM pg_constraint WHERE contype = 'f'"
				+ " AND connamespace::regnamespace::text = 'intruder'"))
			.containsExactly("own_id_fkey");
		assertIsWhole(this.caller);
	}

	@Test
	void backsOneServiceUpWithoutTheLedger() {
		CommandRun backup = run("backup", this.file.toString(), "--service", "required", "--output", "json");
		assertThat(backup.json().path("schemas").toString()).isEqualTo("[\"required\"]");
		assertThat(backup.json().path("tables").asInt()).isEqualTo(3);
		CommandRun other = run("restore", this.file.toString(), "--service", "intruder", "--confirm", name());
		assertThat(other.code()).isEqualTo(2);
		assertThat(other.err()).endsWith("Error: \"" + this.file + "\" holds no schema of service \"intruder\";"
				+ " nothing was touched\n  it holds: required\n");
		CommandRun dry = run("restore", this.file.toString(), "--dry-run", "--output", "json");
		assertThat(dry.json().path("restored").toString())
			.isEqualTo("[{\"service\":\"required\",\"schema\":\"required\",\"tables\":3}]");
		assertThat(dry.json().path("dryRun").asBoolean()).isTrue();
		assertThat(this.database.query("SELECT count(*) FROM skein.runs")).containsExactly("1");
	}

	@Test
	void keepsTheTriggersOfOthers() {
		this.platform.migration("required", "V003__touch.sql", """
				CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END; $$;""")
			.migration("intruder", "V002__touch.sql", """
					CREATE TRIGGER on_touch BEFORE INSERT ON own FOR EACH ROW EXECUTE FUNCTION required.touch();
					CREATE TRIGGER off_touch BEFORE INSERT ON own FOR EACH ROW EXECUTE FUNCTION required.touch();
					ALTER TABLE own DISABLE TRIGGER off_touch;""");
		assertThat(migrate().code()).isZero();
		String triggers = "SELECT pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal"
				+ " AND tgrelid = 'intruder.own'::regclass ORDER BY tgname";
		List<String> before = this.database.query(triggers);
		assertThat(before).hasSize(2);
		run("backup", this.file.toString(), "--service", "required");
		CommandRun restore = run("restore", this.file.toString(), "--confirm", name());
		assertThat(restore.code()).as(restore.err()).isZero();
		assertThat(this.database.query(triggers)).isEqualTo(before);
	}

	@Test
	void bringsAnExtensionBackThatIsInTheSchemaOfAService() {
		this.database.execute("CREATE EXTENSION hstore SCHEMA neighbour");
		this.platform.service("neighbour", "tables: [t, pairs]", "extensions: [hstore]")
			.migration("neighbour", "V002__pairs.sql",
					"CREATE TABLE pairs (h hstore); INSERT INTO pairs VALUES ('a=>1');");
		assertThat(migrate().code()).isZero();
		CommandRun backup = run("backup", this.file.toString());
		assertThat(backup.code()).as(backup.err()).isZero();
		this.database.execute("DELETE FROM neighbour.pairs");
		CommandRun other = run("restore", this.file.toString(), "--service", "intruder", "--confirm", name());
		assertThat(other.code()).as(other.err()).isZero();
		TestDatabase fresh = fresh(freshDatabase());
		for (TestDatabase target : List.of(this.caller, fresh)) {
			CommandRun restore = run(target, "", "restore", this.file.toString(), "--confirm",
					target.settings().database());
			assertThat(restore.code()).as(restore.err()).isZero();
			assertThat(target.query("SELECT h OPERATOR(neighbour.->) 'a' FROM neighbour.pairs")).containsExactly("1");
			assertThat(target.query("SELECT extname || ' ' || extnamespace::regnamespace FROM pg_extension"
					+ " WHERE extname <> 'plpgsql' ORDER BY 1"))
				.containsExactly("citext extensions", "hstore neighbour");
			assertIsWhole(target);
		}
	}

	@Test
	void bringsSchemasOfAnyNameBack() {
		this.platform.service("odd", "schema: 'a (b) \"c\" \\E.* TABLE'", "tables: ['t x']")
			.migration("odd", "V001__t.sql", "CREATE TABLE \"t x\" (id int); INSERT INTO \"t x\" VALUES (5);");
		assertThat(migrate().code()).isZero();
		String rows = "SELECT id FROM \"a (b) \"\"c\"\" \\E.* TABLE\".\"t x\"";
		CommandRun backup = run("backup", this.file.toString(), "--service", "odd");
		assertThat(backup.out()).contains(": 1 schema, 1 table, ");
		this.database.execute("DELETE " + rows.substring("SELECT id ".length()));
		CommandRun restore = run("restore", this.file.toString(), "--service", "odd", "--confirm", name());
		assertThat(restore.code()).as(restore.err()).isZero();
		assertThat(this.database.query(rows)).containsExactly("5");
		assertIsWhole(this.caller);
	}

	@Test
	void bringsTheReferencePlatformBackIntoAFreshDatabase() {
		TestDatabase source = DumpableServer.freshDatabase();
		assertThat(CommandRun.on(source, "migrate").code()).isZero();
		Map<String, String> environment = new HashMap<>(CommandRun.environment(source));
		environment.put("PATH", System.getenv("PATH"));
		CommandRun backup = CommandRun.skein(environment, "", "backup", this.file.toString());
		assertThat(backup.code()).as(backup.err()).isZero();
		TestDatabase target = TestServer.freshDatabase();
		environment.putAll(CommandRun.environment(target));
		CommandRun restore = CommandRun.skein(environment, "", "restore", this.file.toString(), "--confirm",
				target.settings().database());
		assertThat(restore.code()).as(restore.err()).isZero();
		assertThat(restore.out()).isEqualTo("Restored " + ReferencePlatform.SERVICES + " schemas with "
				+ ReferencePlatform.TABLES + " tables from " + this.file + "\n");
		assertThat(CommandRun.on(target, "status", "--exit-code").code()).isZero();
		assertThat(CommandRun.on(target, "verify").code()).isZero();
		assertThat(CommandRun.on(target, "migrate").out())
			.contains(" is up to date: " + ReferencePlatform.SERVICES + " services, ");
		assertThat(target.tables()).isEqualTo(source.tables());
	}

	@Test
	void neverReplacesAFileUnlessItIsForced() throws Exception {
		Files.writeString(this.file, "precious");
		CommandRun refused = run("backup", this.file.toString());
		assertThat(refused).isEqualTo(new CommandRun(2, "", "Error: \"" + this.file
				+ "\" is there already; nothing was touched\n  give another name, or replace it with --force\n"));
		assertThat(this.file).hasContent("precious");
		assertThat(run("backup", this.file.toString(), "--force").code()).isZero();
		assertThat(Files.getPosixFilePermissions(this.file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
		assertThat(this.files).isDirectoryContaining((path) -> path.equals(this.file))
			.isDirectoryNotContaining((path) -> path.toString().endsWith(".part"));
	}

	@Test
	void saysWhatAUserMayNotRead() {
		TestDatabase stranger = as(role("stranger", "LOGIN"));
		this.database.execute("GRANT USAGE ON SCHEMA skein TO " + stranger.settings().user());
		CommandRun backup = run(stranger, "", "backup", this.file.toString());
		assertThat(backup.code()).as(backup.err()).isEqualTo(1);
		assertThat(backup.err()).containsPattern("Error: pg_dump \\S+ failed:\n  .*permission denied for table ")
			.endsWith("  take the backup as the user who migrates, or let a superuser do: GRANT pg_read_all_data TO \""
					+ stranger.settings().user() + "\"\n");
		assertThat(this.files).isEmptyDirectory();
		this.database.execute("GRANT pg_read_all_data TO " + stranger.settings().user());
		assertThat(run(stranger, "", "backup", this.file.toString()).code()).isZero();
	}

	private TestDatabase fresh(TestDatabase other) {
		this.database = other;
		return caller();
	}

}
