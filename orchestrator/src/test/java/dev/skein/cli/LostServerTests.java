package dev.skein.cli;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import dev.skein.embedded.EmbeddedPostgres;
import dev.skein.migration.ConnectionSettings;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LostServerTests {

	@TempDir
	Path home;

	@TempDir
	Path folder;

	@Test
	void stillReportsWhatWasAppliedAndWhatWasRolledBack() {
		PlatformFolder platform = new PlatformFolder(this.folder).service("quick", "tables: [t]")
			.migration("quick", "V1__t.sql", "CREATE TABLE t ();")
			.service("slow", "tables: [t]", "requires: [quick]")
			.migration("slow", "V1__t.sql", "CREATE TABLE t ();\nSELECT pg_sleep(60);\n");
		Consumer<String> nobody = (line) -> {
		};
		EmbeddedPostgres server = EmbeddedPostgres.start(this.home, nobody);
		ConnectionSettings embedded = server.settings("postgres");
		TestDatabase database = new TestDatabase(new ConnectionSettings(embedded.host(), embedded.port(), "postgres",
				embedded.user(), embedded.password(), embedded.options(), false));
		CompletableFuture<CommandRun> run = CompletableFuture
			.supplyAsync(() -> CommandRun.on(database, platform, "migrate"));
		await().until(() -> !database.query("SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'").isEmpty());
		server.close();
		assertThat(run.join().code()).as(run.join().err()).isEqualTo(3);
		assertThat(run.join().out()).contains("quick", "applied", "Service \"slow\" failed", "SQLSTATE  57P01",
				"Applied 1 migration in", "Not verified: cannot use database \"postgres\" on",
				"""
						Stopped: the session that held the lock was ended
						  look in the server's log for what ended it (an administrator, idle_session_timeout, a proxy, a failover), then run again: the next run goes on from here
						""");
		try (EmbeddedPostgres again = EmbeddedPostgres.start(this.home, nobody)) {
			TestDatabase later = new TestDatabase(again.settings("postgres"));
			assertThat(later.tables()).containsExactly("quick.t");
			assertThat(later.query("SELECT success FROM skein.schema_migrations ORDER BY id")).containsExactly("t");
		}
	}

}
