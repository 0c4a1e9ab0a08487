package dev.skein.cli;

import java.nio.file.Path;

import dev.skein.embedded.PrivateServer;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.skein.testing.CommandRun.on;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settings of a database that would change what Skein's own statements do.
 */
class ServerSettingTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	@Test
	void endsNoStatementOfSkeinsOwnForAShortStatementTimeout() {
		set("statement_timeout = '100ms'");
		PlatformFolder platform = new PlatformFolder(this.folder).service("a", "tables: [t]")
			.migration("a", "V1__t.sql", "CREATE TABLE t (id int);");
		this.database.execute("CREATE FUNCTION slow() RETURNS event_trigger LANGUAGE plpgsql"
				+ " AS 'BEGIN PERFORM pg_sleep(0.3); END'; CREATE EVENT TRIGGER slow ON ddl_command_end"
				+ " WHEN TAG IN (''CREATE SCHEMA'') EXECUTE FUNCTION slow()".replace("''", "'"));
		on(this.database, platform, "migrate").succeeded();
		on(this.database, platform, "drift").succeeded();
	}

	@Test
	void readsArraysWithTheirNullsWhateverTheDatabaseSays() {
		set("array_nulls = off");
		PlatformFolder platform = new PlatformFolder(this.folder).service("a", "tables: [t]")
			.migration("a", "V1__t.sql", "CREATE TABLE t (id int DEFAULT 1, b text, c int[] DEFAULT '{1,2}');")
			.migration("a", "V2__f.sql", "CREATE FUNCTION f(OUT a int, b text) LANGUAGE sql AS 'SELECT 1';");
		on(this.database, platform, "migrate").succeeded();
		on(this.database, platform, "drift").succeeded();
		on(this.database, platform, "verify").succeeded();
	}

	@Test
	void saysThatCommitsWaitForAStandbyThatIsNotThere() throws Exception {
		PlatformFolder platform = new PlatformFolder(this.folder.resolve("services")).service("a", "tables: [t]")
			.migration("a", "V1__t.sql", "CREATE TABLE t (id int);");
		try (PrivateServer server = PrivateServer.newest(this.folder.resolve("server"))) {
			TestDatabase waiting = server.freshDatabase();
			waiting.execute("ALTER DATABASE " + waiting.settings().database() + " SET synchronous_commit = on");
			server.database("postgres").execute("ALTER SYSTEM SET synchronous_standby_names = 'other'");
			server.database("postgres").execute("SELECT pg_reload_conf()");
			CommandRun run = on(waiting, platform, "migrate");
			assertThat(run.code()).isEqualTo(3);
			assertThat(run.err()).endsWith("""
					Error: each commit waits for a standby, and none is connected: synchronous_standby_names is "other"
					  start the standby, or let an administrator take it out: ALTER SYSTEM RESET \
					synchronous_standby_names; SELECT pg_reload_conf()
					""");
			assertThat(waiting.query("SELECT nspname FROM pg_namespace WHERE nspname = 'skein'")).isEmpty();
		}
	}

	private void set(String parameter) {
		this.database.execute("ALTER DATABASE \"" + this.database.settings().database() + "\" SET " + parameter);
	}

}
