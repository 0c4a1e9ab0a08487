package dev.skein.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Objects whose names a service chose so that a terminal, psql or a reader takes them for
 * something else.
 */
class HostileNameTests {

	/** Each is the beginning of a name, harmless if it were obeyed. */
	private static final List<String> NAMES = List.of("a\n\\! touch pwned\n--", "b\u001B[2J\u009B31m",
			"c\u202Etxt\u2066", "d*/ /*", "e$do$ $$", "f'; CREATE TABLE public.pwned (); --",
			"g\"; CREATE TABLE public.pwned (); --", "h\r\\echo pwned\r", "i(\"x\" USING btree", "j on zoo.t");

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	/** Makes one object of each kind for each name, through variables of PL/pgSQL. */
	private static String objects(String names) {
		return """
				DO $outer$ DECLARE n text; BEGIN
				FOREACH n IN ARRAY %s LOOP
				    EXECUTE format('CREATE TABLE %%I (id int, %%I text DEFAULT %%L, CONSTRAINT %%I CHECK (id > 0))',
				        n, n, n, n || 'c');
				    EXECUTE format('CREATE INDEX %%I ON %%I (id)', n || 'i', n);
				    EXECUTE format('COMMENT ON TABLE %%I IS %%L', n, n);
				    EXECUTE format('CREATE VIEW %%I AS SELECT %%L::text AS %%I', n || 'v', n, n);
				    EXECUTE format('CREATE FUNCTION %%I(x int) RETURNS text LANGUAGE sql AS %%L', n || 'f',
				        format('SELECT %%L::text', n));
				    EXECUTE format('CREATE TYPE %%I AS ENUM (%%L)', n || 'e', n);
				    EXECUTE format('CREATE DOMAIN %%I AS text CHECK (VALUE <> %%L)', n || 'd', n);
				    EXECUTE format('CREATE COLLATION %%I FROM "C"', n || 'l');
				    EXECUTE format('CREATE SEQUENCE %%I', n || 's');
				    EXECUTE format('CREATE RULE %%I AS ON INSERT TO %%I DO NOTHING', n || 'r', n);
				    EXECUTE format('CREATE STATISTICS %%I ON id, %%I FROM %%I', n || 'x', n, n);
				END LOOP; END $outer$;
				""".formatted(names);
	}

	private static String array(List<String> names) {
		return names.stream()
			.map((name) -> "E'" + name.replace("\\", "\\\\")
				.replace("'", "''")
				.replace("\n", "\\n")
				.replace("\r", "\\r")
				.replace("\u001B", "\\x1B") + "'")
			.reduce((one, other) -> one + ", " + other)
			.map((all) -> "ARRAY[" + all + "]")
			.orElseThrow();
	}

	@Test
	void nothingThatIsPrintedIsObeyed() throws Exception {
		PlatformFolder platform = new PlatformFolder(this.folder.resolve("services")).service("zoo", "tables: [t]")
			.migration("zoo", "V1__t.sql", "CREATE TABLE t (id int);\n" + objects(array(NAMES)))
			.migration("zoo", "U1__t.sql", "DROP TABLE t;");
		CommandRun migrated = CommandRun.on(this.database, platform, "migrate");
		assertPrintable(migrated);
		assertThat(migrated.out()).contains("Not verified: 1 of 1 promised tables found, 10 unexpected");
		for (String command : List.of("status", "plan", "verify", "history", "rollback --to zoo@0 --dry-run",
				"isolation none --dry-run", "prune --dry-run", "migrate --dry-run", "release", "retire --dry-run",
				"reset --dry-run", "drift", "verify --output json", "history --output json",
				"prune --dry-run --output json")) {
			assertPrintable(CommandRun.on(this.database, platform, command.split(" ")));
		}
		// Everything is gone, and something else is there.
		this.database.execute("""
				DO $$ DECLARE o record; BEGIN
				FOR o IN SELECT format('DROP %s %s CASCADE', CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE'
				    ELSE 'TABLE' END, c.oid::regclass) AS sql FROM pg_class c
				    WHERE relnamespace = 'zoo'::regnamespace AND relkind IN ('r', 'v', 'S')
				    AND relname NOT IN ('t', 'flyway_schema_history') LOOP EXECUTE o.sql; END LOOP;
				FOR o IN SELECT format('DROP FUNCTION %s CASCADE', oid::regprocedure) AS sql FROM pg_proc
				    WHERE pronamespace = 'zoo'::regnamespace LOOP EXECUTE o.sql; END LOOP;
				FOR o IN SELECT format('DROP %s %s CASCADE', CASE typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END,
				    oid::regtype) AS sql FROM pg_type
				    WHERE typnamespace = 'zoo'::regnamespace AND typtype IN ('d', 'e') LOOP EXECUTE o.sql; END LOOP;
				FOR o IN SELECT format('DROP COLLATION zoo.%I CASCADE', collname) AS sql FROM pg_collation
				    WHERE collnamespace = 'zoo'::regnamespace LOOP EXECUTE o.sql; END LOOP;
				END $$""");
		List<String> others = NAMES.stream().map((name) -> "z" + name).toList();
		this.database.execute("SET search_path = zoo; " + objects(array(others)));
		for (String command : List.of("drift --output json", "prune --dry-run", "verify", "status", "compare --help")) {
			assertPrintable(CommandRun.on(this.database, platform, command.split(" ")));
		}
		CommandRun drift = CommandRun.on(this.database, platform, "drift", "--sql");
		assertPrintable(drift);
		assertThat(drift.out()).doesNotContain("cannot be told from SQL");
		runWithPsql(drift.out());
		assertThat(this.database.query("SELECT count(*) FROM pg_class WHERE relname = 'pwned'")).containsExactly("0");
		assertThat(this.folder.resolve("pwned")).doesNotExist();
		CommandRun after = CommandRun.on(this.database, platform, "drift");
		assertThat(after.out()).as(drift.out()).isEqualTo("1 service is as the last run left it.\n");
	}

	/**
	 * The server of tests takes any password.
	 */
	private void runWithPsql(String script) throws IOException, InterruptedException {
		Assumptions.assumeTrue(
				Stream.of(System.getenv("PATH").split(":")).anyMatch((bin) -> Files.isExecutable(Path.of(bin, "psql"))),
				"there is no psql on the PATH");
		ProcessBuilder builder = new ProcessBuilder("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h",
				this.database.settings().host(), "-p", String.valueOf(this.database.settings().port()), "-U",
				String.valueOf(this.database.settings().user()), "-d", this.database.settings().database())
			.directory(this.folder.toFile())
			.redirectErrorStream(true);
		Process process = builder.start();
		try (var in = process.getOutputStream()) {
			in.write(script.getBytes(StandardCharsets.UTF_8));
		}
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(said + "\n" + script).isZero();
		assertThat(said).doesNotContain("\npwned\n").doesNotStartWith("pwned");
	}

	private static void assertPrintable(CommandRun run) {
		for (String text : List.of(run.out(), run.err())) {
			assertThat(text).doesNotContain("\n\\!", "\n\\echo")
				.matches("(?s)[^\\x00-\\x08\\x0B-\\x1F\\x7F-\\x9F\\u202A-\\u202E\\u2066-\\u2069]*")
				.doesNotContain("unexpected:");
		}
		assertThat(run.err().toLowerCase(Locale.ROOT)).doesNotContain("unknown option");
	}

}
