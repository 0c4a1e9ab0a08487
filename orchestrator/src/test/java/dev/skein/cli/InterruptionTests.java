package dev.skein.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.SqlProgram;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/**
 * What happens to whole processes.
 */
class InterruptionTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	@TempDir
	Path output;

	PlatformFolder platform;

	@BeforeEach
	void drawASlowFile() {
		this.platform = new PlatformFolder(this.folder).service("quick", "tables: [t]")
			.migration("quick", "V1__t.sql", "CREATE TABLE t ();")
			.service("slow", "tables: [t]", "requires: [quick]")
			.migration("slow", "V1__t.sql", "CREATE TABLE t ();\nSELECT pg_sleep(120);\n")
			.service("waiting", "tables: [t]", "requires: [slow]")
			.migration("waiting", "V1__t.sql", "CREATE TABLE t ();");
	}

	@ParameterizedTest
	@CsvSource({ "INT, 130", "TERM, 143" })
	void rollsBackReportsAndReleasesTheLock(String signal, int code) throws Exception {
		assumeNotIgnored(signal);
		Process process = migrate("first");
		await().atMost(PATIENCE).until(() -> !sleepers().isEmpty());
		new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isEqualTo(code);
		String report = Files.readString(this.output.resolve("first.out"));
		assertThat(report).contains("SQLSTATE  57014", "interrupted, the next run goes on from here");
		assertThat(sleepers()).isEmpty();
		assertThat(this.database.tables()).containsExactly("quick.t");

		this.platform.migration("slow", "V1__t.sql", "CREATE TABLE t ();");
		CommandRun next = CommandRun.on(this.database, this.platform, "migrate", "--lock-wait", "0s");
		assertThat(next.code()).as(next.err()).isZero();
		assertThat(this.database.tables()).containsExactly("quick.t", "slow.t", "waiting.t");
	}

	@Test
	void rollsTheRunningSeedBackAndReports() throws Exception {
		this.platform.migration("slow", "V1__t.sql", "CREATE TABLE t (id int);")
			.seed("quick", "demo", "a.sql", "SELECT 1;")
			.seed("slow", "demo", "b.sql", "INSERT INTO t VALUES (1);\nSELECT pg_sleep(120);\n")
			.seed("waiting", "demo", "c.sql", "SELECT 1;");
		Process process = migrate("first", "--seed", "demo");
		await().atMost(PATIENCE).until(() -> !sleepers().isEmpty());
		new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid())).start().waitFor();
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isEqualTo(143);
		String report = Files.readString(this.output.resolve("first.out"));
		assertThat(report.replaceAll(" +\\d+ ms", " ? ms").replaceAll("\\d+\\.\\d+ s", "? s")).contains("""
				 quick    seeds/demo/a.sql  applied ? ms
				 slow     seeds/demo/b.sql  failed ? ms
				 waiting  seeds/demo/c.sql  blocked by slow ? ms
				""", "SQLSTATE  57014",
				"Applied 3 migrations and 1 seed in ? s; interrupted, the next run goes on from here; 1 seed failed;"
						+ " 1 seed not run\n");
		assertThat(this.database.query("SELECT id FROM slow.t")).isEmpty();
		assertThat(this.database.query("SELECT outcome FROM skein.runs")).containsExactly("interrupted");
	}

	@Test
	void findsTheSameSeedsFromWithinTheirFolder() throws Exception {
		this.platform.migration("slow", "V1__t.sql", "CREATE TABLE t ();").seed("quick", "demo", "a.sql", "SELECT 1;");
		ProcessBuilder builder = skein("migrate", "--seed", "demo", "--services", "../../..", "--no-builtin");
		builder.directory(this.folder.resolve("quick/seeds/demo").toFile());
		assertThat(start(builder, "inside").waitFor()).isZero();
		assertThat(this.database.query("SELECT filename FROM skein.schema_migrations WHERE kind = 'seed'"))
			.containsExactly("seeds/demo/a.sql");
	}

	@Test
	void leavesNothingHalfDoneWhenItIsKilled() throws Exception {
		Process process = migrate("first");
		await().atMost(PATIENCE).until(() -> !sleepers().isEmpty());
		process.destroyForcibly().waitFor();
		this.platform.migration("slow", "V1__t.sql", "CREATE TABLE t ();");
		CommandRun next = CommandRun.on(this.database, this.platform, "migrate", "--lock-wait", "30s");
		assertThat(next.code()).as(next.err()).isZero();
		assertThat(this.database.tables()).containsExactly("quick.t", "slow.t", "waiting.t");
	}

	@Test
	void leavesTheFailureOfAKilledRunToTheNext() throws Exception {
		Process process = migrate("first");
		await().atMost(PATIENCE).until(() -> !runningFiles().isEmpty());
		assertThat(runningFiles()).containsExactly("slow V1__t.sql");
		process.destroyForcibly().waitFor();
		this.platform.migration("slow", "V1__t.sql", "CREATE TABLE t ();");
		CommandRun next = CommandRun.on(this.database, this.platform, "migrate", "--lock-wait", "30s");
		assertThat(next.code()).as(next.err()).isZero();
		assertThat(runningFiles()).isEmpty();
		assertThat(this.database.query("SELECT concat_ws(' ', service, filename, kind, success, applied_by,"
				+ " regexp_replace(error_message, '\\d{4}-\\S+Z', 'T')) FROM skein.schema_migrations ORDER BY id"))
			.containsExactly("quick V1__t.sql migrate t postgres",
					"slow V1__t.sql migrate f postgres the run ended before this file did, which began at T",
					"slow V1__t.sql migrate t postgres", "waiting V1__t.sql migrate t postgres");
		assertThat(this.database.query("SELECT outcome FROM skein.runs ORDER BY started_at"))
			.containsExactly("interrupted", "applied");
	}

	private List<String> runningFiles() {
		return this.database.query("SELECT to_regclass('skein.running_files') IS NOT NULL").contains("t")
				? this.database.query("SELECT service || ' ' || filename FROM skein.running_files") : List.of();
	}

	@Test
	void endsAForeignToolWithTheRun() throws Exception {
		drawAToolThatSleeps();
		Process process = migrate("first");
		await().atMost(PATIENCE).until(() -> !sleepers().isEmpty());
		process.destroy();
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isEqualTo(143);
		assertThat(Files.readString(this.output.resolve("first.out"))).contains("""
				  message   "sh migrate.sh" was ended, because the run was
				  way out   what it did before stays, and the next run starts it again
				""", "; interrupted, the next run goes on from here");
		assertThat(sleepers()).isEmpty();
		assertThat(tool()).isEmpty();
	}

	@Test
	void endsTheSessionsOfAToolThatSurvivedItsRun() throws Exception {
		drawAToolThatSleeps();
		Process process = migrate("first");
		await().atMost(PATIENCE).until(() -> !sleepers().isEmpty());
		process.destroyForcibly().waitFor();
		assertThat(sleepers()).isNotEmpty();
		this.platform.file("slow/migrate.sh", "exit 0\n").service("slow", "run: [sh, migrate.sh]", "requires: [quick]");
		CommandRun next = CommandRun.on(this.database, this.platform, "migrate", "--lock-wait", "30s");
		assertThat(next.code()).as(next.err()).isZero();
		await().atMost(PATIENCE).until(() -> sleepers().isEmpty());
		await().atMost(PATIENCE).until(() -> tool().isEmpty());
	}

	private void drawAToolThatSleeps() {
		this.platform.delete("slow/migrations/V1__t.sql")
			.service("slow", "run: [sh, migrate.sh]", "requires: [quick]")
			.file("slow/migrate.sh", "echo $$ > process\n" + SqlProgram.shell() + " 'SELECT pg_sleep(120)'\n");
	}

	private Optional<ProcessHandle> tool() throws IOException {
		String process = Files.readString(this.folder.resolve("slow/process")).strip();
		return ProcessHandle.of(Long.parseLong(process)).filter(ProcessHandle::isAlive);
	}

	@Test
	void finishesARollbackThatWasKilledWithTheSameCommand() throws Exception {
		this.platform.migration("slow", "V1__t.sql", "CREATE TABLE t ();")
			.migration("quick", "U1__t.sql", "DROP TABLE t;")
			.migration("slow", "U1__t.sql", "DROP TABLE t;\nSELECT pg_sleep(120);\n")
			.migration("waiting", "U1__t.sql", "DROP TABLE t;");
		assertThat(CommandRun.on(this.database, this.platform, "migrate").code()).isZero();
		String[] rollback = { "rollback", "--steps", "2", "--confirm", this.database.settings().database() };
		Process process = start("first", rollback);
		await().atMost(PATIENCE).until(() -> !sleepers().isEmpty());
		process.destroyForcibly().waitFor();
		assertThat(this.database.tables()).containsExactly("quick.t", "slow.t");

		this.platform.migration("slow", "U1__t.sql", "DROP TABLE t;");
		CommandRun next = CommandRun.on(this.database, this.platform, rollback);
		assertThat(next.code()).as(next.err()).isZero();
		assertThat(next.err())
			.contains("Goes on with a rollback that did not come to its end: 1 migration undone already\n");
		assertThat(this.database.tables()).containsExactly("quick.t");
		assertThat(CommandRun.on(this.database, this.platform, rollback).code()).isZero();
		assertThat(this.database.tables()).isEmpty();
	}

	@Test
	void rollsAnUndoScriptBackThatIsInterrupted() throws Exception {
		this.platform.migration("slow", "V1__t.sql", "CREATE TABLE t ();")
			.migration("slow", "U1__t.sql", "DROP TABLE t;\nSELECT pg_sleep(120);\n")
			.migration("waiting", "U1__t.sql", "DROP TABLE t;");
		assertThat(CommandRun.on(this.database, this.platform, "migrate").code()).isZero();
		Process process = start("first", "rollback", "--to", "slow@0", "--confirm",
				this.database.settings().database());
		await().atMost(PATIENCE).until(() -> !sleepers().isEmpty());
		process.destroy();
		assertThat(process.waitFor()).isEqualTo(143);
		assertThat(Files.readString(this.output.resolve("first.out"))).contains("SQLSTATE  57014",
				"; interrupted; left: slow@1; the same command goes on from here");
		assertThat(this.database.tables()).containsExactly("quick.t", "slow.t");
		assertThat(this.database.query("SELECT outcome FROM skein.runs WHERE command = 'rollback'"))
			.containsExactly("interrupted");
	}

	@Test
	void letsTenRunsThatBeginTogetherDoTheWorkOnce() throws Exception {
		this.platform.migration("slow", "V1__t.sql", "CREATE TABLE t ();\nSELECT pg_sleep(0.5);\n");
		List<Process> processes = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			processes.add(migrate("run" + i));
		}
		for (Process process : processes) {
			assertThat(process.waitFor()).isZero();
		}
		assertThat(this.database.query("SELECT count(*) FROM slow.flyway_schema_history")).containsExactly("1");
		long applied = 0;
		for (int i = 0; i < 10; i++) {
			applied += Files.readString(this.output.resolve("run" + i + ".out")).contains("Applied 3 migrations") ? 1
					: 0;
		}
		assertThat(applied).isOne();
	}

	/**
	 * A process that was started in the background of a script ignores SIGINT, and so do
	 * its children, whatever they would do otherwise.
	 */
	private static void assumeNotIgnored(String signal) throws IOException {
		Path status = Path.of("/proc/self/status");
		if (signal.equals("INT") && Files.isReadable(status)) {
			boolean ignored = Files.readAllLines(status)
				.stream()
				.filter((line) -> line.startsWith("SigIgn:"))
				.anyMatch((line) -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
			if (ignored) {
				System.out.println("SKIPPED: these tests were started with SIGINT ignored, so Ctrl-C is not tried");
			}
			assumeFalse(ignored, "SIGINT is ignored here");
		}
	}

	private Process migrate(String name, String... more) throws IOException {
		List<String> arguments = new ArrayList<>(List.of("migrate"));
		arguments.addAll(List.of(more));
		return start(name, arguments.toArray(String[]::new));
	}

	private Process start(String name, String... arguments) throws IOException {
		ProcessBuilder builder = skein(arguments);
		builder.command().addAll(List.of("--services", this.folder.toString(), "--no-builtin"));
		return start(builder, name);
	}

	private ProcessBuilder skein(String... arguments) {
		ProcessBuilder builder = new ProcessBuilder(System.getProperty("java.home") + "/bin/java",
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), "dev.skein.Skein");
		builder.command().addAll(List.of(arguments));
		builder.environment().put("SPRING_DATASOURCE_URL", this.database.url());
		builder.environment().put("SPRING_DATASOURCE_USERNAME", "postgres");
		return builder;
	}

	private Process start(ProcessBuilder builder, String name) throws IOException {
		return builder.redirectOutput(this.output.resolve(name + ".out").toFile())
			.redirectError(this.output.resolve(name + ".err").toFile())
			.start();
	}

	private List<String> sleepers() {
		return this.database
			.query("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'");
	}

}
