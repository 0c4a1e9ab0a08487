package dev.skein.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
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
import dev.skein.migration.BlockingSession;
import dev.skein.testing.PlatformFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressTests {

	private final BlockingSession session = new BlockingSession(7, "ada", "psql", "idle in transaction", Instant.EPOCH,
			"UPDATE t\n  SET x = 1");

	private final StringWriter err = new StringWriter();

	private final Progress progress = new Progress(new Surroundings(new PrintWriter(new StringWriter()),
			new PrintWriter(this.err), new BufferedReader(new StringReader("")), Map.of(), false, List.of(),
			Path.of("target"), LocalDateTime::now));

	private ServiceDefinition service;

	private Migration file;

	@BeforeEach
	void drawAFile(@TempDir Path folder) {
		this.service = new PlatformFolder(folder).service("orders")
			.migration("orders", "V2__x.sql", "SELECT 1;")
			.catalog()
			.services()
			.iterator()
			.next();
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

}
