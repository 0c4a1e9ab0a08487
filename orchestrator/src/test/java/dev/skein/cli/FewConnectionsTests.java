package dev.skein.cli;

import java.nio.file.Path;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs with fewer sessions than it would like to have: a limit holds for everybody but
 * superusers.
 */
class FewConnectionsTests {

	private static final String DEPLOY = "few_deploy_" + ProcessHandle.current().pid();

	private final TestDatabase database = TestServer.freshDatabase();

	private final String name = this.database.settings().database();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawEightServices() {
		this.platform = new PlatformFolder(this.folder);
		for (int i = 1; i <= 8; i++) {
			this.platform.service("few" + i, "tables: [t]")
				.migration("few" + i, "V1__t.sql", "CREATE TABLE t (id int); SELECT pg_sleep(1);");
		}
		this.database.execute("CREATE ROLE " + DEPLOY + " LOGIN CREATEROLE");
		this.database.execute("ALTER DATABASE " + this.name + " OWNER TO " + DEPLOY);
		this.database.execute("DO $$ BEGIN IF to_regrole('all_skein_services') IS NOT NULL THEN"
				+ " GRANT all_skein_services TO " + DEPLOY + " WITH ADMIN OPTION; END IF; END $$");
	}

	@AfterEach
	void dropTheRole() {
		TestServer.dropDatabase(this.database);
		TestDatabase server = TestServer.freshDatabase();
		server.execute("DO $$ DECLARE r text; BEGIN FOR r IN SELECT rolname FROM pg_roles"
				+ " WHERE rolname ~ '^(skein_few[1-8]|few[1-8]_app)$' LOOP EXECUTE format('DROP ROLE %I', r); END LOOP; END $$");
		server.execute("DROP OWNED BY " + DEPLOY + " CASCADE; DROP ROLE " + DEPLOY);
	}

	@Test
	void goesOnWithTheSessionsThatTheDatabaseAllows() {
		this.database.execute("ALTER DATABASE " + this.name + " CONNECTION LIMIT 3");
		CommandRun run = migrate("--jobs", "4");
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(this.database.tables()).hasSize(8);
		assertThat(run.err()).containsOnlyOnce("Fewer services at once: ")
			.contains("Fewer services at once: database \"" + this.name
					+ "\" allows 3 sessions (CONNECTION LIMIT), 3 are open\n");
	}

	@Test
	void goesOnWithOneSessionBesideItsOwn() {
		this.database.execute("ALTER DATABASE " + this.name + " CONNECTION LIMIT 2");
		CommandRun run = migrate("--jobs", "4", "--warn-after", "100ms");
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(this.database.tables()).hasSize(8);
	}

	@Test
	void goesOnWithTheSessionsThatTheRoleMayHave() {
		this.database.execute("ALTER ROLE " + DEPLOY + " CONNECTION LIMIT 2");
		CommandRun run = migrate("--jobs", "4", "--isolation", "none");
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(this.database.tables()).hasSize(8);
		assertThat(run.err()).contains(
				"Fewer services at once: role \"" + DEPLOY + "\" may have 2 sessions (CONNECTION LIMIT), 2 are open\n");
	}

	@Test
	void stopsWhereFilesGetNoSessionAtAll() {
		this.database.execute("ALTER DATABASE " + this.name + " CONNECTION LIMIT 1");
		CommandRun run = migrate("--isolation", "none");
		assertThat(run.code()).as(run.out() + run.err()).isEqualTo(3);
		assertThat(run.out()).contains("few1     few1    not begun")
			.endsWith("Stopped: there is no session for files to run on: database \"" + this.name
					+ "\" allows 1 sessions (CONNECTION LIMIT), 1 are open\n"
					+ "  end other sessions or raise the limit, then run again: the next run goes on from here\n");
		assertThat(this.database.query("SELECT outcome FROM skein.runs")).containsExactly("failed");

		CommandRun json = migrate("--isolation", "none", "--output", "json");
		assertThat(json.code()).isEqualTo(3);
		assertThat(json.json().path("outcome").asString()).isEqualTo("failed");
		assertThat(json.json().path("stopped").asString())
			.isEqualTo("there is no session for files to run on: database \"" + this.name
					+ "\" allows 1 sessions (CONNECTION LIMIT), 1 are open");
	}

	@Test
	void doesNotBeginWhereOwnersGetNoSessionAtAll() {
		this.database.execute("ALTER DATABASE " + this.name + " CONNECTION LIMIT 1");
		CommandRun run = migrate();
		assertThat(run.code()).as(run.out() + run.err()).isEqualTo(3);
		assertThat(run.err()).endsWith("Error: there is no session left for the owners of schemas: database \""
				+ this.name + "\" allows 1 sessions (CONNECTION LIMIT), 1 are open\n"
				+ "  end other sessions or raise the limit, then run again: the next run goes on from here\n");
	}

	private CommandRun migrate(String... more) {
		// The server forgets the sessions of this test a moment after they were closed.
		await().until(() -> new TestDatabase(this.database.settings().withDatabase("postgres"))
			.query("SELECT pid FROM pg_stat_activity WHERE datname = '" + this.name + "'")
			.isEmpty());
		String[] arguments = new String[more.length + 1];
		arguments[0] = "migrate";
		System.arraycopy(more, 0, arguments, 1, more.length);
		return CommandRun.on(this.database.as(DEPLOY, ""), this.platform, arguments);
	}

}
