package dev.skein.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.skein.testing.ReferencePlatform;
import dev.skein.testing.CommandRun;
import dev.skein.testing.DumpableServer;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Backups that are taken and brought back, as a user with no more rights than the
 * documentation asks for.
 */
@EnabledIf("dev.skein.testing.DumpableServer#isThere")
class BackupTests extends IsolationFixture {

	@TempDir
	Path files;

	Path file;

	@Override
	TestDatabase freshDatabase() {
		return DumpableServer.freshDatabase();
	}

	@BeforeEach
	void migrateAndFill() {
		this.file = this.files.resolve("platform.dump");
		this.platform.migration("required", "V002__more.sql", """
				CREATE TABLE words (id int GENERATED ALWAYS AS IDENTITY, word extensions.citext NOT NULL, note text);
				INSERT INTO words (word, note) VALUES ('One', E'a\\nb\\t\\\\. c\\r'), ('Two', NULL), ('\\.', '');
				CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT n * 2; END;
				CREATE FUNCTION text_of() RETURNS text LANGUAGE plpgsql AS $$
				BEGIN
				    RETURN 'COPY x FROM stdin;
				\\restrict abc
				';
				END; $$;
				CREATE TABLE parts (id int) PARTITION BY RANGE (id);
				CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (10);
				INSERT INTO parts VALUES (3);""")
			.service("required", "tables: [t, words, parts]", "extensions: [citext]");
		CommandRun run = migrate();
		assertThat(run.code()).as(run.err() + run.out()).isZero();
		this.database.execute("INSERT INTO intruder.own VALUES (1)");
	}

	@Test
	void bringsAPlatformBackIntoTheSameDatabase() {
		CommandRun backup = run("backup", this.file.toString());
		assertThat(backup.code()).as(backup.err()).isZero();
		assertThat(backup.out()).matches("Wrote \\S+/platform.dump: 4 schemas, 13 tables, \\d+ kB\n");
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
	void tellsOnceWhatTheFilesWarnOfAndRefusesAServiceThatIsUnknown() {
		this.platform.service("empty");
		run("backup", this.file.toString(), "--service", "required");
		CommandRun restore = run("restore", this.file.toString(), "--service", "requird");
		assertThat(restore).isEqualTo(new CommandRun(2, "", """
				Warning: service "empty" has no migrations
				  at %s/empty/service.yml
				  its folder migrations is empty or missing
				Error: service "requird" is unknown
				  did you mean "required"?
				""".formatted(this.folder)));
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
	void saysWhichRoleIsMissingOnAnotherServer() {
		this.database.execute("CREATE ROLE reporting; GRANT USAGE ON SCHEMA neighbour TO reporting");
		run("backup", this.file.toString(), "--service", "neighbour");
		this.database.execute("REVOKE USAGE ON SCHEMA neighbour FROM reporting; DROP ROLE reporting");
		List<String> before = contents(this.database);
		CommandRun restore = run("restore", this.file.toString(), "--confirm", name());
		assertThat(restore.code()).isEqualTo(1);
		assertThat(restore.err()).endsWith("Error: the backup was not restored, and nothing was changed:"
				+ " role \"reporting\" does not exist\n  create that role, then run again\n");
		assertThat(contents(this.database)).isEqualTo(before);
	}

	@Test
	void refusesSchemasOfServicesThatItDoesNotKnow() {
		run("backup", this.file.toString());
		this.platform.delete("neighbour/migrations/V001__t.sql").delete("neighbour/service.yml");
		CommandRun restore = run("restore", this.file.toString(), "--confirm", name());
		assertThat(restore.code()).isEqualTo(2);
		assertThat(restore.err()).endsWith("Error: \"" + this.file
				+ "\" holds schemas that no service here has: \"neighbour\"; nothing was touched\n"
				+ "  add their services with --services DIR, or say with --service which ones to restore\n");
		assertThat(run("restore", this.file.toString(), "--service", "required,intruder", "--confirm", name()).code())
			.isZero();
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
	void aRestoreThatIsInterruptedChangesNothing() throws Exception {
		this.database.execute("INSERT INTO required.words (word, note) SELECT 'w', md5(n::text)"
				+ " FROM generate_series(1, 200000) n");
		run("backup", this.file.toString());
		List<String> before = contents(this.database);
		// Beside the database: whoever is connected to it would stop the restore.
		TestDatabase elsewhere = new TestDatabase(this.database.settings().withDatabase("postgres"));
		ProcessBuilder builder = new ProcessBuilder(System.getProperty("java.home") + "/bin/java",
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), "dev.skein.Skein", "restore",
				this.file.toString(), "--confirm", name(), "--services", this.folder.toString(), "--no-builtin");
		builder.environment().putAll(CommandRun.environment(this.caller));
		Path printed = this.files.resolve("printed");
		Process process = builder.redirectErrorStream(true).redirectOutput(printed.toFile()).start();
		await().pollInterval(Duration.ofMillis(2))
			.atMost(Duration.ofSeconds(60))
			.until(() -> !process.isAlive() || !elsewhere
				.query("SELECT pid FROM pg_stat_activity WHERE datname = '" + name() + "' AND query LIKE 'COPY %'")
				.isEmpty());
		new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid())).start().waitFor();
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(Files.readString(printed)).isEqualTo(143);
		assertThat(printed).content().contains("Error: ").containsAnyOf("nothing was changed", "as it was");
		assertThat(contents(this.database)).isEqualTo(before);
		assertThat(run("restore", this.file.toString(), "--confirm", name(), "--lock-wait", "0s").code()).isZero();
		assertThat(contents(this.database)).isEqualTo(before);
	}

	@Test
	void changesNothingWhereTheBackupDoesNotFitWhatStays() {
		run("backup", this.file.toString());
		this.database.execute("INSERT INTO required.t VALUES (7); INSERT INTO intruder.own VALUES (7)");
		List<String> before = contents(this.database);
		CommandRun restore = run("restore", this.file.toString(), "--service", "required", "--confirm", name());
		assertThat(restore.code()).isEqualTo(1);
		assertThat(restore.err()).endsWith("""
				Error: the backup was not restored, and nothing was changed: foreign key "own_id_fkey" of table \
				intruder.own does not fit the backup: insert or update on table "own" violates foreign key constraint \
				"own_id_fkey"; Key (id)=(7) is not present in table "t".
				  restore the service of that table, too
				""");
		assertThat(contents(this.database)).isEqualTo(before);
		assertThat(this.database.query("SELECT command || ' ' || outcome FROM skein.runs ORDER BY started_at"))
			.containsExactly("migrate applied", "restore failed");
		assertIsWhole(this.caller);
	}

	@Test
	void changesNothingWhereTheFileIsCutOff() throws IOException {
		this.database.execute("INSERT INTO required.words (word, note) SELECT 'w', md5(n::text)"
				+ " FROM generate_series(1, 20000) n");
		run("backup", this.file.toString());
		byte[] bytes = Files.readAllBytes(this.file);
		Files.write(this.file, Arrays.copyOf(bytes, bytes.length / 2));
		List<String> before = contents(this.database);
		CommandRun restore = run("restore", this.file.toString(), "--confirm", name());
		assertThat(restore.code()).as(restore.err()).isEqualTo(1);
		assertThat(restore.err()).containsPattern("Error: pg_restore \\S+ cannot read \"" + this.file + "\":\n")
			.endsWith("  the database is as it was; take another backup\n");
		assertThat(contents(this.database)).isEqualTo(before);
		assertThat(run("status", "--exit-code").code()).isZero();
	}

	@Test
	void refusesToLoseWhatNobodyMakesAgain() {
		run("backup", this.file.toString());
		this.database.execute("CREATE SCHEMA reports; CREATE VIEW reports.v AS SELECT * FROM required.t");
		CommandRun restore = run("restore", this.file.toString(), "--confirm", name());
		assertThat(restore.code()).isEqualTo(3);
		assertThat(restore.err()).contains("Error: in other schemas, this depends on what would be replaced,"
				+ " and the backup does not hold it:\n  rule _RETURN on view reports.v\n"
				+ "  nothing was touched; restore those services, too, or drop it first\n");
	}

	@Test
	void refusesAProtectedDatabaseAndOneThatOthersAreConnectedTo() throws SQLException {
		run("backup", this.file.toString());
		try (Connection other = this.database.connect()) {
			CommandRun refused = run("restore", this.file.toString(), "--confirm", name());
			assertThat(refused.code()).isEqualTo(3);
			assertThat(refused.err()).endsWith("""
					Error: 1 other session of this database would lose what it works on; nothing was touched
					  stop what is connected, or end it with --disconnect
					""");
		}
		CommandRun.on(this.caller, "protect");
		CommandRun refused = run("restore", this.file.toString(), "--confirm", name());
		assertThat(refused.code()).isEqualTo(3);
		assertThat(refused.err())
			.containsPattern("is protected by \"platform_caller\" since \\S+; nothing was touched");
		assertThat(run("restore", this.file.toString(), "--dry-run").code()).isZero();
		CommandRun unconfirmed = run("restore", this.file.toString());
		assertThat(unconfirmed.code()).isEqualTo(3);
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

	@Test
	void resetOffersABackupAndTakesItFirst() {
		CommandRun asking = run(this.caller, "no\n", "reset");
		assertThat(asking.code()).isEqualTo(2);
		assertThat(asking.err()).contains("Take a backup first: --backup FILE\nType the name of the database");
		this.database.execute("CREATE TABLE public.legacy (id int); GRANT SELECT ON public.legacy TO platform_caller;"
				+ " ALTER SCHEMA public OWNER TO platform_caller");
		List<String> before = contents(this.database);
		CommandRun reset = run("reset", "--confirm", name(), "--backup", this.file.toString());
		assertThat(reset.code()).as(reset.err()).isZero();
		assertThat(reset.err()).doesNotContain("Take a backup first")
			.containsPattern("Backing up 5 schemas to \\S+\nWrote \\S+: 5 schemas, ");
		assertThat(contents(this.database)).isNotEqualTo(before);
		CommandRun restore = run("restore", this.file.toString(), "--confirm", name());
		assertThat(restore.code()).as(restore.err()).isZero();
		assertThat(restore.err())
			.contains("In the backup, too, but left as it is here: schema \"public\", \"skein\"\n");
		assertThat(contents(this.database)).isEqualTo(before);

		CommandRun again = run("migrate", "--clean", "--confirm", name(), "--backup", this.file.toString());
		assertThat(again.code()).isEqualTo(2);
		assertThat(again.err()).endsWith("give another name: --backup never replaces a file\n");
		CommandRun failing = run("reset", "--confirm", name(), "--backup", "/nowhere/at/all.dump");
		assertThat(failing.code()).isEqualTo(3);
		assertThat(contents(this.database)).isEqualTo(before);
	}

	@Test
	void rollbackOffersABackupAndTakesItFirst() {
		this.platform.service("extra", "tables: [t]")
			.migration("extra", "V1__t.sql", "CREATE TABLE t (id int); INSERT INTO t VALUES (7);")
			.migration("extra", "U1__t.sql", "DROP TABLE t;");
		assertThat(migrate().code()).isZero();
		assertThat(run("rollback", "--to", "extra@0").err()).contains("Take a backup first: --backup FILE\n");
		CommandRun rollback = run("rollback", "--to", "extra@0", "--confirm", name(), "--backup", this.file.toString());
		assertThat(rollback.code()).as(rollback.err()).isZero();
		assertThat(rollback.err())
			.containsPattern("Backing up 2 schemas to \\S+\nWrote \\S+: 2 schemas, .*\nUndoing 1");
		assertThat(this.database.query("SELECT to_regclass('extra.t') IS NULL")).containsExactly("t");
		CommandRun restore = run("restore", this.file.toString(), "--service", "extra", "--confirm", name());
		assertThat(restore.code()).as(restore.err()).isZero();
		assertThat(this.database.query("SELECT id FROM extra.t")).containsExactly("7");
		assertIsWhole(this.caller);
		CommandRun unasked = run("rollback", "--to", "extra@0", "--confirm", name());
		assertThat(unasked.code()).as(unasked.err()).isZero();
		assertThat(unasked.err()).doesNotContain("Take a backup first");
	}

	private TestDatabase fresh(TestDatabase other) {
		this.database = other;
		return caller();
	}

	/**
	 * Up to date, as promised, and with nothing to do.
	 */
	private void assertIsWhole(TestDatabase target) {
		CommandRun status = run(target, "", "status", "--exit-code");
		assertThat(status.code()).as(status.out() + status.err()).isZero();
		assertThat(run(target, "", "verify").code()).isZero();
		CommandRun migrate = run(target, "", "migrate");
		assertThat(migrate.out()).contains(" is up to date: ");
	}

	/**
	 * Rows, owners and rights of everything that belongs to services.
	 */
	private List<String> contents(TestDatabase target) {
		String ours = " IN ('neighbour', 'required', 'intruder')";
		List<String> all = new ArrayList<>(target.query("""
				SELECT c.oid::regclass || ' ' || pg_get_userbyid(relowner) || ' ' || array(
				    SELECT grantee::regrole || privilege_type
				    FROM aclexplode(coalesce(relacl,
				        acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)))
				    WHERE privilege_type <> 'MAINTAIN' ORDER BY 1)::text
				FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
				WHERE relkind IN ('r', 'p', 'v', 'S') AND nspname""" + ours + " ORDER BY c.oid::regclass::text"));
		all.addAll(
				target.query("SELECT nspname || ' ' || pg_get_userbyid(nspowner) || array(SELECT unnest(nspacl)::text"
						+ " ORDER BY 1)::text || array(SELECT unnest(defaclacl)::text FROM pg_default_acl"
						+ " WHERE defaclnamespace = n.oid ORDER BY 1)::text FROM pg_namespace n WHERE nspname" + ours
						+ " ORDER BY 1"));
		all.addAll(target.query("SELECT oid::regprocedure || ' ' || pg_get_userbyid(proowner) FROM pg_proc"
				+ " WHERE pronamespace::regnamespace::text" + ours + " ORDER BY 1"));
		for (String table : target.query("SELECT oid::regclass FROM pg_class WHERE relkind = 'r'"
				+ " AND relnamespace::regnamespace::text" + ours + " ORDER BY oid::regclass::text")) {
			all.addAll(target.query("SELECT t::text FROM " + table + " t ORDER BY 1"));
		}
		all.addAll(target.query("SELECT last_value FROM required.words_id_seq"));
		return all;
	}

	private CommandRun run(String... arguments) {
		return run(this.caller, "", arguments);
	}

	private CommandRun run(TestDatabase target, String answers, String... arguments) {
		Map<String, String> environment = new HashMap<>(CommandRun.environment(target));
		environment.put("PATH", System.getenv("PATH"));
		environment.put("PGOPTIONS", "-c nonsense");
		List<String> all = new ArrayList<>(List.of(arguments));
		all.addAll(List.of("--services", this.folder.toString(), "--no-builtin"));
		return CommandRun.skein(environment, answers, all.toArray(String[]::new));
	}

}
