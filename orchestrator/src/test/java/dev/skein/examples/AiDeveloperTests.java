package dev.skein.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.skein.testing.CommandRun;
import dev.skein.testing.Example;
import dev.skein.testing.Page;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.ProgramRun;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A service that came from MySQL, and starts only on a database that is right.
 */
class AiDeveloperTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	@TempDir
	Path programs;

	PlatformFolder platform;

	@BeforeEach
	void copy() throws IOException {
		this.platform = Example.copy("aideveloper", this.folder);
		Example.skein(this.programs);
	}

	@Test
	void createsTheDatabaseListsWhatIsMissingMigratesVerifiesAndStartsTheServer() throws Exception {
		TestServer.dropDatabase(this.database);
		ProgramRun started = start("echo", "the server runs");
		assertThat(started.code()).as(started.shown()).isZero();
		assertThat(started.shown()).containsSubsequence("""
				Missing tables:
				  aideveloper.agent_executions
				  aideveloper.artifacts
				  aideveloper.environment_variables
				  aideveloper.execution_logs
				  aideveloper.module_settings
				  aideveloper.sub_workflow_queue
				  aideveloper.workflow_messages
				  aideveloper.workflow_modules
				  aideveloper.workflows
				""", "Applied 10 migrations in ", "Verified: 9 of 9 promised tables found, none unexpected\n",
				"Verified: 9 of 9 promised tables found, none unexpected\nthe server runs\n");
		assertThat(this.database.tables()).hasSize(9);

		ProgramRun again = start("echo", "the server runs");
		assertThat(again.shown()).contains("is up to date: 1 service, 9 of 9 promised tables found")
			.endsWith("the server runs\n")
			.doesNotContain("Missing");
	}

	@Test
	void startsAsItsPageSays() throws Exception {
		TestServer.dropDatabase(TestServer.freshDatabase("aideveloper"));
		ProgramRun started = run("bash", "-c",
				Page.read(Example.ALL.resolve("aideveloper/README.md")).blocks("sh").get(0));
		assertThat(started.shown()).startsWith("Created database \"aideveloper\" on ").endsWith("the server runs\n");
	}

	@Test
	void doesNotStartTheServerWhereAMigrationFails() throws Exception {
		this.platform.file("migrations/20250913_wrong.sql", "ALTER TABLE workflow ADD COLUMN x int;");
		ProgramRun started = start("echo", "the server runs");
		assertThat(started.code()).isOne();
		assertThat(started.shown()).contains("relation \"workflow\" does not exist").doesNotContain("the server runs");
	}

	@Test
	void doesNotStartTheServerWhereATableIsGone() throws Exception {
		start("true");
		this.database.execute("DROP TABLE aideveloper.execution_logs");
		ProgramRun gone = start("echo", "the server runs");
		assertThat(gone.code()).isOne();
		assertThat(gone.shown()).contains("Missing tables:\n  aideveloper.execution_logs\n")
			.doesNotContain("the server runs");
	}

	@Test
	void becomesTheServerSoThatSignalsReachIt() throws Exception {
		ProgramRun started = start("bash", "-c", "kill -TERM $$");
		assertThat(started.code()).isEqualTo(143);
	}

	@Test
	void leadsBackFromEveryFile() {
		Example.release(this.platform, "migrations");
		assertThat(skein("validate", "--undo").out())
			.startsWith("Undo passed: 11 migrations up, down and up again in ");
		skein("migrate");
		skein("rollback", "--to", "aideveloper@0", "--confirm", this.database.settings().database());
		assertThat(this.database.tables()).isEmpty();
	}

	@Test
	void keepsTheConventions() {
		skein("migrate");
		Example.assertConventions(this.database, "aideveloper");
		Example.assertTypes(this.database, "aideveloper");
	}

	@Test
	void doesWhatMySqlDid() {
		skein("migrate");
		this.database.execute("INSERT INTO aideveloper.workflows (title, kind, updated_at)"
				+ " VALUES ('a', 'feature', '2000-01-01'), ('b', 'bugfix', '2000-01-01')");
		this.database.execute("UPDATE aideveloper.workflows SET status = 'planning' WHERE title = 'b'");
		assertThat(this.database
			.query("SELECT id || ' ' || (updated_at > '2001-01-01') FROM aideveloper.workflows" + " ORDER BY id"))
			.containsExactly("1 false", "2 true");
		for (String wrong : List.of("UPDATE aideveloper.workflows SET kind = 'poem'",
				"INSERT INTO aideveloper.workflows (id, title, kind) VALUES (7, 'c', 'feature')")) {
			assertThat(catchThrowable(() -> this.database.execute(wrong))).isInstanceOf(IllegalStateException.class);
		}
	}

	private ProgramRun start(String... server) throws Exception {
		return run(Stream.concat(Stream.of("./start.sh"), Stream.of(server)).toArray(String[]::new));
	}

	private ProgramRun run(String... command) throws Exception {
		return ProgramRun.on(this.database, this.folder, Map.of("SKEIN", this.programs.resolve("skein").toString()),
				command);
	}

	private CommandRun skein(String... arguments) {
		return CommandRun.on(this.database, this.platform, arguments).succeeded();
	}

}
