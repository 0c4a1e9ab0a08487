package dev.skein.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.skein.embedded.PrivateServer;
import dev.skein.testing.CommandRun;
import dev.skein.testing.CountingRelay;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TargetFolder;
import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the ledger says of a file that a restart of the server ended.
 */
class RestartedServerTests {

	private static PrivateServer server;

	private String name;

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeAll
	static void startAServer() throws IOException {
		server = PrivateServer.newest(TargetFolder.of("restarted-postgresql"));
	}

	@AfterAll
	static void stopIt() throws IOException {
		server.close();
	}

	@BeforeEach
	void drawASlowFile() {
		this.name = server.freshDatabase().settings().database();
		this.platform = new PlatformFolder(this.folder).service("slow", "tables: [t]")
			.migration("slow", "V1__t.sql", "CREATE TABLE t ();")
			.migration("slow", "V2__wait.sql", "SELECT pg_sleep(60);\n")
			.service("waiting", "tables: [t]", "requires: [slow]")
			.migration("waiting", "V1__t.sql", "CREATE TABLE t ();");
	}

	@Test
	void isWrittenByTheRunItselfOnceTheServerIsBack() throws Exception {
		try (CountingRelay relay = new CountingRelay(this::database)) {
			TestDatabase constant = relay.database();
			CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(() -> migrate(constant));
			awaitSleep();
			server.crash();
			server.start();
			assertThat(run.join().code()).as(run.join().out() + run.join().err()).isEqualTo(3);
			assertThat(run.join().out()).contains("Service \"slow\" failed",
					"Not verified: 1 of 2 promised tables found",
					"Stopped: the session that held the lock was ended\n");
		}
		assertThat(attempts()).containsExactly("slow V1__t.sql t", "slow V2__wait.sql f");
		assertThat(database().query("SELECT outcome FROM skein.runs")).containsExactly("failed");
		assertThat(database().query("SELECT filename FROM skein.running_files")).isEmpty();
	}

	@Test
	void isWrittenByTheNextRunWhereTheServerDidNotComeBackInTime() throws Exception {
		TestDatabase before = database();
		CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(() -> migrate(before));
		awaitSleep();
		await().until(() -> !database().query("SELECT filename FROM skein.running_files").isEmpty());
		server.crash();
		assertThat(run.join().code()).isEqualTo(3);
		assertThat(run.join().err()).contains("The session that held the lock was ended. Waiting up to 5 s for");
		server.start();
		assertThat(attempts()).containsExactly("slow V1__t.sql t");
		this.platform.migration("slow", "V2__wait.sql", "SELECT 1;");
		migrate(database()).succeeded();
		assertThat(attempts()).containsExactly("slow V1__t.sql t", "slow V2__wait.sql f", "slow V2__wait.sql t",
				"waiting V1__t.sql t");
		CommandRun history = CommandRun.on(database(), this.platform, "history", "--failed");
		assertThat(history.out()).contains("the run ended before this file did, which began at ");
	}

	private void awaitSleep() {
		await()
			.until(() -> !database().query("SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'").isEmpty());
	}

	private List<String> attempts() {
		return database()
			.query("SELECT concat_ws(' ', service, filename, success) FROM skein.schema_migrations ORDER BY id");
	}

	private CommandRun migrate(TestDatabase database) {
		return CommandRun.on(database, this.platform, "migrate");
	}

	private TestDatabase database() {
		return server.database(this.name);
	}

}
