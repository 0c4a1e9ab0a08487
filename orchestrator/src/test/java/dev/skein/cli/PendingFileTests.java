package dev.skein.cli;

import java.nio.file.Path;
import java.util.List;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlainFlyway;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.skein.testing.CommandRun.on;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What speaks against the text of a file counts while it is pending, and nowhere else.
 */
class PendingFileTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawAService() {
		this.platform = new PlatformFolder(this.folder).service("zoo", "tables: [t]");
	}

	@Test
	void refusesAFileThatCommitsInTheMiddleWhileItIsPending() {
		this.platform.migration("zoo", "V1__a.sql", "CREATE TABLE t (a text);\n");
		assertThat(on(this.database, this.platform, "migrate").code()).isZero();
		this.platform.migration("zoo", "V2__b.sql", "ALTER TABLE t ADD b int;\nCOMMIT;\nSELECT 1/0;\n")
			.migration("zoo", "V3__c.sql", "VACUUM;\nSELECT 1;\n");
		String problems = """
				2 problems in the catalog:

				file "V2__b.sql" ends its transaction itself, so it cannot be rolled back whole
				  at zoo/migrations/V2__b.sql:2
				  take BEGIN, COMMIT and ROLLBACK out: the file runs in one transaction anyway; or, if it may run twice, \
				put the line -- transaction: none before its first statement

				statement "VACUUM" must run outside a transaction, but file "V3__c.sql" has others that run inside one
				  at zoo/migrations/V3__c.sql:1
				  put it into a file of its own, such as V4__vacuum.sql

				Nothing was touched.
				""";
		for (String[] command : List.of(new String[] { "migrate" }, new String[] { "migrate", "--dry-run" },
				new String[] { "reset", "--yes", "--confirm", this.database.settings().database() },
				new String[] { "migrate", "--clean", "--dry-run" })) {
			CommandRun run = on(this.database, this.platform, command);
			assertThat(run.code()).as(run.err()).isEqualTo(2);
			assertThat(this.platform.relative(run.err())).endsWith(problems);
		}
		assertThat(this.database.query("SELECT version FROM zoo.flyway_schema_history")).containsExactly("1");
		for (String command : List.of("status", "plan", "drift")) {
			assertThat(on(this.database, this.platform, command).code()).as(command).isZero();
		}
		assertThat(on(this.database, this.platform, "migrate", "--target", "zoo@1").code()).isZero();
	}

	@Test
	void leavesAFileAloneThatLiesBelowABaseline() {
		this.platform.migration("zoo", "V1__a.sql", "CREATE TABLE t (a text);\nCOMMIT;\n\\i more.sql\n")
			.migration("zoo", "V2__b.sql", "ALTER TABLE t ADD b int;");
		this.database.execute("CREATE SCHEMA zoo CREATE TABLE t (a text)");
		CommandRun taken = on(this.database, this.platform, "baseline", "zoo@1", "--confirm",
				this.database.settings().database());
		assertThat(taken.code()).as(taken.out() + taken.err()).isZero();
		CommandRun run = on(this.database, this.platform, "migrate", "--isolation", "none");
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(this.database.query("SELECT version FROM zoo.flyway_schema_history")).containsExactly("1", "2");
	}

	@Test
	void leavesAFileAloneThatWasApplied() {
		this.platform.migration("zoo", "V1__a.sql", "CREATE TABLE t (a text);\nCOMMIT;\nSELECT 1;\n");
		PlainFlyway.on(this.database, this.platform, "zoo").migrate();
		this.platform.migration("zoo", "V2__b.sql", "ALTER TABLE t ADD b int;");
		CommandRun run = on(this.database, this.platform, "migrate", "--isolation", "none");
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(this.database.query("SELECT count(*) FROM zoo.flyway_schema_history WHERE version = '2'"))
			.containsExactly("1");
	}

	@Test
	void addsAValueOfAnEnumBesideOtherStatementsInOneTransaction() {
		this.platform.migration("zoo", "V1__a.sql", "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (a e);")
			.migration("zoo", "V2__b.sql", "ALTER TYPE e ADD VALUE 'b'; ALTER TABLE t ADD n int;")
			.migration("zoo", "V3__c.sql", "INSERT INTO t VALUES ('b', 1);")
			.migration("zoo", "V4__d.sql", "ALTER TYPE e ADD VALUE 'c'; INSERT INTO t VALUES ('c', 2);");
		CommandRun run = on(this.database, this.platform, "migrate");
		assertThat(run.code()).isOne();
		assertThat(run.out()).contains("V4__d.sql, line 1", "55P04");
		assertThat(this.database.query("SELECT a FROM zoo.t")).containsExactly("b");
		assertThat(this.database.query("SELECT enumlabel FROM pg_enum WHERE enumtypid = 'zoo.e'::regtype"))
			.containsExactly("a", "b");
	}

	@Test
	void refusesAnUndoScriptThatCommitsBeforeAnythingIsAsked() {
		this.platform.migration("zoo", "V1__a.sql", "CREATE TABLE t (a text);\n")
			.migration("zoo", "U1__a.sql", "DROP TABLE t;\nCOMMIT;\nSELECT 1;\n");
		assertThat(on(this.database, this.platform, "migrate").code()).isZero();
		CommandRun run = on(this.database, this.platform, "rollback", "--steps", "1");
		assertThat(run.code()).isEqualTo(2);
		assertThat(this.platform.relative(run.err())).contains("1 problem in the catalog:\n\nfile \"U1__a.sql\" ends"
				+ " its transaction itself, so it cannot be rolled back whole\n  at zoo/migrations/U1__a.sql:2\n");
		assertThat(this.database.tables()).containsExactly("zoo.t");
	}

	@Test
	void refusesASeedThatCommitsBeforeAnythingIsApplied() {
		this.platform.migration("zoo", "V1__a.sql", "CREATE TABLE t (a text);\n")
			.seed("zoo", "dev", "a.sql", "INSERT INTO t VALUES ('a');\nCOMMIT;\nSELECT 1;\n");
		CommandRun run = on(this.database, this.platform, "migrate", "--seed", "dev");
		assertThat(run.code()).isEqualTo(2);
		assertThat(this.platform.relative(run.err())).contains("  at zoo/seeds/dev/a.sql:2\n");
		assertThat(this.database.tables()).isEmpty();
		assertThat(on(this.database, this.platform, "migrate").code()).isZero();
	}

	@Test
	void runsAWrappedSeedInTheTransactionOfItsRecord() {
		this.platform.migration("zoo", "V1__a.sql", "CREATE TABLE t (a text);\n")
			.seed("zoo", "dev", "a.sql", "BEGIN;\nINSERT INTO t VALUES ('a');\nEND;\n");
		CommandRun run = on(this.database, this.platform, "migrate", "--seed", "dev");
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(this.database
			.query("SELECT m.filename FROM zoo.t t JOIN skein.schema_migrations m" + " ON m.xmin = t.xmin"))
			.containsExactly("seeds/dev/a.sql");
	}

	@Test
	void validatesEveryFileAndTheOthersAsTheyWereApplied() {
		this.platform.migration("zoo", "V1__a.sql", "CREATE TABLE t (a text);\nCOMMIT;\n")
			.migration("zoo", "U1__a.sql", "DROP TABLE t;\nROLLBACK;\n")
			.migration("zoo", "V2__b.sql", "COPY t FROM stdin;\na\n");
		CommandRun all = on(this.database, this.platform, "validate");
		assertThat(all.code()).isEqualTo(2);
		assertThat(all.out()).isEmpty();
		assertThat(this.platform.relative(all.err())).startsWith("3 problems in the catalog:\n\nfile \"U1__a.sql\"")
			.contains("  at zoo/migrations/V1__a.sql:2\n", "  at zoo/migrations/V2__b.sql:1\n");

		CommandRun pending = on(this.database, this.platform, "validate", "--applied", "zoo@1");
		assertThat(pending.code()).isEqualTo(2);
		assertThat(this.platform.relative(pending.err())).startsWith("""
				Warning: file "U1__a.sql" ends its transaction itself, so it cannot be rolled back whole
				  at zoo/migrations/U1__a.sql:2
				""").endsWith("""
				1 problem in the catalog:

				file "V2__b.sql" does not end the rows of COPY ... FROM stdin
				  at zoo/migrations/V2__b.sql:1
				  end the statement with a semicolon, and the rows below it with a line that is nothing but \\.

				Nothing was touched.
				""");

		CommandRun applied = on(this.database, this.platform, "validate", "--applied", "zoo@1,zoo@2", "--output",
				"json");
		assertThat(applied.code()).isZero();
		assertThat(applied.json().at("/valid").asBoolean()).isTrue();
		assertThat(applied.json()
			.at("/warnings")
			.valueStream()
			.filter((warning) -> warning.at("/line").asInt() > 0)
			.map((warning) -> warning.at("/line").asInt())).containsExactly(2, 2, 1);
	}

	@Test
	void tellsProblemsOfTextsAndOfManifestsTogether() {
		this.platform.migration("zoo", "V1__a.sql", "COMMIT;")
			.manifest("bad", "service: bad\nrequires: [zooo]\n")
			.migration("bad", "V1__a.sql", "SELECT 1;");
		CommandRun run = on(this.database, this.platform, "validate", "--output", "json");
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.json().at("/problems").valueStream().map((problem) -> problem.at("/message").asString()))
			.containsExactly("service \"bad\" requires \"zooo\", but no service of that name was found",
					"file \"V1__a.sql\" ends its transaction itself, so it cannot be rolled back whole");
	}

	@Test
	void wantsToKnowTheVersionThatWasApplied() {
		this.platform.migration("zoo", "V1__a.sql", "SELECT 1;");
		CommandRun run = on(this.database, this.platform, "validate", "--applied", "zoo@7");
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err())
			.isEqualTo("Error: --applied \"zoo@7\" names no version of \"zoo\"\n  write SERVICE@VERSION\n");
		assertThat(on(this.database, this.platform, "validate", "--applied", "zoo@1", "--undo").err())
			.isEqualTo("Error: --applied and --undo exclude each other\n  --undo applies every file itself\n");
	}

	@Test
	void refusesToTryAFileThatCommits() {
		this.platform.migration("zoo", "V1__a.sql", "CREATE TABLE t (a text);")
			.migration("zoo", "U1__a.sql", "DROP TABLE t; END;");
		CommandRun run = on(this.database, this.platform, "validate", "--undo");
		assertThat(run.code()).isEqualTo(2);
		assertThat(this.platform.relative(run.err())).contains("  at zoo/migrations/U1__a.sql:1\n");
	}

}
