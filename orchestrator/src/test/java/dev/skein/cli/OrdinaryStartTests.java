package dev.skein.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import dev.skein.testing.CommandRun;
import dev.skein.testing.CountingRelay;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a start costs that finds nothing to do, as nearly all do.
 */
class OrdinaryStartTests {

	/** What the driver says before it may ask. */
	private static final int GREETING = 2;

	/** Without an answer. */
	private static final int FAREWELL = 1;

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	@Test
	void takesOneConnectionAndThreeRoundTripsHoweverManyServicesThereAre() throws IOException {
		for (int services : List.of(2, 60)) {
			PlatformFolder platform = platform(services);
			CommandRun.on(this.database, platform, "migrate").succeeded();
			try (CountingRelay relay = new CountingRelay(this.database)) {
				CommandRun run = CommandRun.on(relay.database(), platform, "migrate").succeeded();
				assertThat(run.out()).contains("is up to date: " + services + " services");
				assertThat(relay.connections()).isOne();
				assertThat(relay.roundTrips()).isLessThanOrEqualTo(GREETING + 3 + FAREWELL);
			}
		}
	}

	/**
	 * A record's own way to compare itself is made at each start, in 10 ms, and so are
	 * the elliptic curves.
	 */
	@Test
	void loadsNothingOfFlywayStartsNoSpringAndMakesNoMethodsOrCurves() throws IOException, InterruptedException {
		PlatformFolder platform = platform(2).service("s1", "tables: [t]", "requires: [s0]");
		CommandRun.on(this.database, platform, "migrate").succeeded();
		Path loaded = this.folder.resolve("loaded");
		ProcessBuilder start = new ProcessBuilder(System.getProperty("java.home") + "/bin/java",
				"-XX:TieredStopAtLevel=1", "-Xlog:class+load:file=" + loaded, "-cp",
				System.getProperty("java.class.path"), "dev.skein.Skein", "migrate", "--no-builtin", "--services",
				platform.root().toString())
			.redirectErrorStream(true);
		start.environment().putAll(CommandRun.environment(this.database));
		Process process = start.start();
		assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).contains("is up to date: 2 services");
		assertThat(process.waitFor()).isZero();
		assertThat(Files.readAllLines(loaded)).as("what was loaded")
			.anyMatch((line) -> line.contains(" org.postgresql."))
			.noneMatch((line) -> line.contains(" org.flywaydb.") || line.contains(" org.springframework.context.")
					|| line.contains(" org.springframework.boot.SpringApplication")
					|| line.contains(" java.lang.runtime.ObjectMethods")
					|| line.contains(" sun.security.util.CurveDB"));
	}

	private PlatformFolder platform(int services) {
		PlatformFolder platform = new PlatformFolder(this.folder.resolve("platform"));
		IntStream.range(0, services)
			.mapToObj((number) -> "s" + number)
			.forEach(
					(name) -> platform.service(name, "tables: [t]").migration(name, "V1__t.sql", "CREATE TABLE t ();"));
		return platform;
	}

}
