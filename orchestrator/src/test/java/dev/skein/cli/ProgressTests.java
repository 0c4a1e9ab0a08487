package dev.skein.cli;

import java.io.BufferedReader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.BlockingSession;
import dev.skein.migration.Notice;
import dev.skein.migration.RunListener;
import dev.skein.testing.PlatformFolder;
import dev.skein.text.PrintableWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ProgressTests {

	private final BlockingSession session = new BlockingSession(7, "ada", "psql", "idle in transaction", Instant.EPOCH,
			"UPDATE t\n  SET x = 1");

	private final StringWriter err = new StringWriter();

	private final Progress progress = new Progress(surroundings(false));

	private ServiceDefinition service;

	private Migration file;

	@BeforeEach
	void drawAFile(@TempDir Path folder) {
		this.service = new PlatformFolder(folder).serviceWithOneFile();
		this.file = this.service.versioned().get(0);
	}

	@Test
	void saysWhoBlocksAFileSinceWhenAndWithWhat() {
		this.progress.blocked(this.service, this.file, List.of(this.session));
		assertThat(this.err).hasToString("Blocked: orders V2__x.sql waits for a lock of process 7 (\"psql\" as \"ada\","
				+ " idle in transaction, in a transaction since 1970-01-01T00:00:00Z): UPDATE t SET x = 1\n");
	}

	@Test
	void saysThatAFileIsTriedAgain() {
		this.progress.retrying(this.service, this.file, 2, Duration.ofMillis(500));
		assertThat(this.err).hasToString("Rolled back: orders V2__x.sql did not get a lock; attempt 2 in 500 ms\n");
	}

	@Test
	void warnsOfASlowFileWithWhatItWaitsForAndOfWhom() {
		this.progress.slow(this.service, this.file, Duration.ofMinutes(5), "Lock: relation", List.of(this.session));
		this.progress.slow(this.service, this.file, Duration.ofSeconds(90), null, List.of());
		assertThat(this.err).hasToString("Slow: orders V2__x.sql runs for 5 min, waits for Lock: relation of process 7"
				+ " (\"psql\" as \"ada\", idle in transaction, in a transaction since 1970-01-01T00:00:00Z): UPDATE t"
				+ " SET x = 1\nSlow: orders V2__x.sql runs for 90 s and works\n");
	}

	@Test
	void showsNoStatementAboutAPassword() {
		assertThat(new BlockingSession(7, "ada", "psql", "active", null, "ALTER ROLE ada Password 'x'"))
			.hasToString("process 7 (\"psql\" as \"ada\", active): (a statement about a password)");
	}

	@Test
	void showsWhatPostgresqlSaysWithServiceAndFile() {
		this.progress.noticed(this.service, this.file, new Notice("NOTICE", "00000", "moved 42 rows", false));
		this.progress.noticed(this.service, this.file,
				new Notice("WARNING", "01000", "two are left:\n7\u001B[2J\r\nFailed: all", true));
		assertThat(this.err).hasToString("""
				NOTICE: orders V2__x.sql: moved 42 rows
				WARNING: orders V2__x.sql: two are left:
				    7\\u001B[2J
				    Failed: all
				""");
	}

	@Test
	void leavesOutWhatPostgresqlSaysWhereAskedTo() {
		Progress quiet = new Progress(surroundings(false), RunListener.SILENT, true);
		quiet.noticed(this.service, this.file, new Notice("WARNING", "01000", "two are left", true));
		assertThat(this.err).hasToString("");
	}

	@Test
	void countsTheTimeOfARunningFileOnATerminalWithinTwoSeconds() {
		Progress watched = new Progress(surroundings(true));
		watched.planned(1, 1);
		watched.started(this.service, this.file);
		await().atMost(Duration.ofSeconds(2)).until(() -> this.err.toString().contains("orders V2__x.sql, 1 s"));
		watched.noticed(this.service, this.file, new Notice("NOTICE", "00000", "moved 42 rows", false));
		assertThat(this.err.toString()).contains("\r\u001B[KNOTICE: orders V2__x.sql: moved 42 rows\n"
				+ "\r\u001B[K\u001B[?7l[0/1] orders V2__x.sql, 1 s\u001B[?7h");
		await().atMost(Duration.ofSeconds(2)).until(() -> this.err.toString().contains("orders V2__x.sql, 2 s"));
		watched.end();
		assertThat(this.err.toString()).endsWith("\r\u001B[K");
	}

	@Test
	void countsNoFurtherThanTheTotal() {
		this.progress.planned(1, 1);
		for (int i = 0; i < 2; i++) {
			this.progress.applied(this.service, new AppliedFile(this.file, 3, List.of()));
		}
		assertThat(this.err).hasToString("""
				Applying 1 migration in 1 service
				[1/1] orders V2__x.sql (3 ms)
				[2/2] orders V2__x.sql (3 ms)
				""");
	}

	@Test
	void showsNoTimeAnyMoreAfterItsEnd() throws InterruptedException {
		Progress watched = new Progress(surroundings(true));
		watched.started(this.service, this.file);
		watched.end();
		String shown = this.err.toString();
		for (Thread thread : Thread.getAllStackTraces().keySet()) {
			if (thread.getName().equals("skein-clock")) {
				thread.join(10_000);
			}
		}
		assertThat(this.err).hasToString(shown);
	}

	private Surroundings surroundings(boolean terminal) {
		return new Surroundings(new PrintableWriter(new StringWriter()), new PrintableWriter(this.err),
				new BufferedReader(new StringReader("")), Map.of(), terminal, List.of(), Path.of("target"),
				LocalDateTime::now);
	}

}
