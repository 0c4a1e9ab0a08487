package dev.skein.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.skein.embedded.PrivateServer;
import dev.skein.testing.CommandRun;
import dev.skein.testing.FaultPlatform;
import dev.skein.testing.TargetFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Kills a run, its sessions, or the server at many moments: what is recorded is there,
 * what is there is recorded, and the next run finishes without help. The build tries a
 * few moments; {@code -Dtest=FaultTests -Dskein.faults=500 -Dskein.seed=42} tries more.
 */
class FaultTests {

	private static final String SESSIONS = " FROM pg_stat_activity WHERE datname = current_database()"
			+ " AND application_name LIKE 'skein%' AND pid <> pg_backend_pid()";

	private final long seed = Long.getLong("skein.seed", System.nanoTime());

	private final Random random = new Random(this.seed);

	@TempDir
	Path folder;

	@TempDir
	Path output;

	FaultPlatform platform;

	@BeforeEach
	void drawThePlatform() {
		this.platform = new FaultPlatform(this.folder);
	}

	@Test
	void killedProcessesLeaveNothingForPeopleToDo() throws Exception {
		int kills = kills("processes", 8);
		for (int i = 0; i < kills; i++) {
			TestDatabase database = TestServer.freshDatabase();
			int files = i % FaultPlatform.SIZE;
			int micros = this.random.nextInt(30_000);
			Path progress = this.output.resolve("run" + i);
			Process process = start(database, progress);
			while (process.isAlive() && !Files.readString(progress).contains(seen(files))) {
				TimeUnit.MILLISECONDS.sleep(1);
			}
			TimeUnit.MICROSECONDS.sleep(micros);
			process.destroyForcibly().waitFor();
			String fault = fault("process", i, files + " files and " + micros + " us");
			if (this.random.nextBoolean()) {
				await().until(() -> database.query("SELECT pid" + SESSIONS + " AND state <> 'idle'").isEmpty());
				this.platform.checkHistoriesAgainstSchemas(database, fault);
			}
			finish(database, fault);
			TestServer.dropDatabase(database);
		}
	}

	@Test
	void lostSessionsLeaveNothingForPeopleToDo() throws Exception {
		int kills = kills("sessions", 12);
		for (int i = 0; i < kills; i++) {
			TestDatabase database = TestServer.freshDatabase();
			int micros = this.random.nextInt(450_000);
			CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(() -> migrate(database));
			TimeUnit.MICROSECONDS.sleep(micros);
			database.query("SELECT pg_terminate_backend(pid, 10000)" + SESSIONS);
			String fault = fault("sessions", i, micros + " us");
			endsKnowingWhy(run.get(60, TimeUnit.SECONDS), fault);
			this.platform.checkHistoriesAgainstSchemas(database, fault);
			finish(database, fault);
			TestServer.dropDatabase(database);
		}
	}

	@Test
	void crashedServersLeaveNothingForPeopleToDo() throws Exception {
		int kills = kills("servers", 10);
		try (PrivateServer server = PrivateServer.newest(TargetFolder.of("crashing-postgresql"))) {
			for (int i = 0; i < kills; i++) {
				server.database("postgres").execute("DROP DATABASE IF EXISTS crashing");
				server.database("postgres").execute("CREATE DATABASE crashing");
				TestDatabase before = server.database("crashing");
				int micros = this.random.nextInt(450_000);
				CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(() -> migrate(before));
				TimeUnit.MICROSECONDS.sleep(micros);
				server.crash();
				String fault = fault("server", i, micros + " us");
				endsKnowingWhy(run.get(60, TimeUnit.SECONDS), fault);
				server.start();
				this.platform.checkHistoriesAgainstSchemas(server.database("crashing"), fault);
				finish(server.database("crashing"), fault);
			}
		}
	}

	private void finish(TestDatabase database, String fault) {
		CommandRun next = migrate(database);
		assertThat(next.code()).as("%s: %s%s", fault, next.out(), next.err()).isZero();
		this.platform.checkEverythingIsApplied(database, fault);
		assertThat(migrate(database).out()).as(fault).contains("is up to date");
	}

	private CommandRun migrate(TestDatabase database) {
		return CommandRun.on(database, this.platform.folder(), "migrate", "--lock-wait", "30s");
	}

	private static void endsKnowingWhy(CommandRun run, String fault) {
		assertThat(run.code()).as("%s: %s%s", fault, run.out(), run.err()).isIn(0, 1, 3);
		assertThat(run.out() + run.err()).as(fault).doesNotContain("a fault of Skein's");
	}

	private Process start(TestDatabase database, Path progress) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(System.getProperty("java.home") + "/bin/java",
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				"dev.skein.Skein", "migrate", "--no-builtin", "--services", this.folder.toString());
		builder.environment().put("SPRING_DATASOURCE_URL", database.url());
		builder.environment().put("SPRING_DATASOURCE_USERNAME", "postgres");
		return builder.redirectErrorStream(true).redirectOutput(Files.createFile(progress).toFile()).start();
	}

	private static String seen(int files) {
		return (files == 0) ? "Applying" : "[" + files + "/";
	}

	private int kills(String what, int few) {
		int kills = Integer.getInteger("skein.faults", few);
		System.out.println("Faults: " + kills + " " + what + ", repeat with -Dskein.seed=" + this.seed);
		return kills;
	}

	private String fault(String what, int number, String moment) {
		return what + " " + number + " after " + moment + ", seed " + this.seed;
	}

}
