package dev.skein.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.skein.Skein;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlainFlyway;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.ProgramRun;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.skein.testing.CommandRun.on;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rows of a large file go from the file to the server.
 */
class LargeCopyTests {

	/**
	 * Before the rows, which begin on line 6; "stdin" and semicolons in other places,
	 * too.
	 */
	private static final String BEGINNING = """
			-- Rows come from stdin; they stay in the file.
			INSERT INTO t (b) VALUES ('stdin;\u00e4'); SELECT $$ COPY t FROM stdin;
			$$;
			/* now */ COPY t (a, b)
			FROM stdin WITH (DELIMITER ';');
			""";

	private static final String END = "\\.\nCOPY t (a) FROM stdin;\n0\n\\.\nUPDATE t SET b = 'last' WHERE a = 0;\n";

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawAService() {
		this.platform = new PlatformFolder(this.folder).service("zoo", "tables: [t]")
			.migration("zoo", "V1__t.sql", "CREATE TABLE t (a int, b text);");
	}

	@Test
	void loadsManyRowsInASmallHeap() throws IOException, InterruptedException {
		this.platform.migration("zoo", "V2__rows.sql", "").seed("zoo", "demo", "rows.sql", "");
		Path file = this.folder.resolve("zoo/migrations/V2__rows.sql");
		write(file, 400_000, "");
		Files.copy(file, this.folder.resolve("zoo/migrations/U2__rows.sql"));
		write(this.folder.resolve("zoo/seeds/demo/rows.sql"), 400_000, "");
		assertThat(Files.size(file)).isGreaterThan(30_000_000);
		inASmallHeap("migrate", "--seed", "demo");
		assertThat(rows()).containsExactly("800004 of 400000, 2 last");
		// The whole file has Flyway's checksum.
		PlainFlyway.on(this.database, this.platform, "zoo").validate();
		inASmallHeap("rollback", "--steps", "1", "--confirm", this.database.settings().database());
		assertThat(rows()).containsExactly("1200006 of 400000, 3 last");
	}

	private List<String> rows() {
		return this.database.query("SELECT count(*) || ' of ' || max(a) || ', ' || count(*) FILTER (WHERE b = 'last')"
				+ " || ' last' FROM zoo.t");
	}

	@Test
	void namesTheLineOfAWrongRow() throws IOException {
		this.platform.migration("zoo", "V2__rows.sql", "");
		write(this.folder.resolve("zoo/migrations/V2__rows.sql"), 20_000, "x;wrong\n");
		CommandRun run = on(this.database, this.platform, "migrate");
		assertThat(run.code()).isOne();
		assertThat(run.out()).contains("zoo/migrations/V2__rows.sql, line 20006",
				"invalid input syntax for type integer: \"x\"", "COPY t, line 20001, column a: \"x\"");
		assertThat(this.database.query("SELECT count(*) FROM zoo.t")).containsExactly("0");
		assertThat(on(this.database, this.platform, "plan", "--sql").out())
			.contains("         FROM stdin WITH (DELIMITER ';');\n         -- 20001 rows\n         \\.\n"
					+ "         COPY t (a) FROM stdin;\n         -- 1 rows\n         \\.\n         UPDATE t");
	}

	private static void write(Path file, int rows, String last) throws IOException {
		try (BufferedWriter writer = Files.newBufferedWriter(file)) {
			writer.write(BEGINNING);
			for (int i = 1; i <= rows; i++) {
				writer.write(i + ";" + "stdin \u00e4 ".repeat(8) + "\n");
			}
			writer.write(last + END);
		}
	}

	/**
	 * Less than the rows of one file need.
	 */
	private void inASmallHeap(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
				"-Xmx24m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				Skein.class.getName()));
		command.addAll(List.of(arguments));
		command.addAll(List.of("--services", this.folder.toString(), "--no-builtin"));
		ProgramRun run = ProgramRun.on(this.database, this.folder, CommandRun.environment(this.database),
				command.toArray(String[]::new));
		assertThat(run.code()).as(run.shown()).isZero();
	}

}
