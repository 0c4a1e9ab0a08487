package dev.skein.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.skein.testing.CommandRun;
import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a restore refuses, and that it changes nothing then.
 */
@EnabledIf("dev.skein.testing.DumpableServer#isThere")
class RestoreRefusalTests extends BackupFixture {

	@Test
	void saysWhichRoleIsMissingOnAnotherServer() {
		this.database.execute("CREATE ROLE reporting; GRANT USAGE ON SCHEMA neighbour TO reporting");
		run("backup", this.file.toString(), "--service", "neighbour");
		this.database.execute("REVOKE USAGE ON SCHEMA neighbour FROM reporting; DROP ROLE reporting");
		List<String> before = contents(this.database);
		CommandRun restore = run("restore", this.file.toString(), "--confirm", name());
		assertThat(restore.code()).isEqualTo(1);
		assertThat(restore.err()).endsWith("Error: the backup was not restored, and nothing was changed:"
				+ " role \"reporting\" does not exist\n  create that role, then run again\n");
		assertThat(contents(this.database)).isEqualTo(before);
	}

	@Test
	void refusesSchemasOfServicesThatItDoesNotKnow() {
		run("backup", this.file.toString());
		this.platform.delete("neighbour/migrations/V001__t.sql").delete("neighbour/service.yml");
		CommandRun restore = run("restore", this.file.toString(), "--confirm", name());
		assertThat(restore.code()).isEqualTo(2);
		assertThat(restore.err()).endsWith("Error: \"" + this.file
				+ "\" holds schemas that no service here has: \"neighbour\"; nothing was touched\n"
				+ "  add their services with --services DIR, or say with --service which ones to restore\n");
		assertThat(run("restore", this.file.toString(), "--service", "required,intruder", "--confirm", name()).code())
			.isZero();
	}

	@Test
	void tellsOnceWhatTheFilesWarnOfAndRefusesAServiceThatIsUnknown() {
		this.platform.service("empty");
		run("backup", this.file.toString(), "--service", "required");
		CommandRun restore = run("restore", this.file.toString(), "--service", "requird");
		assertThat(restore).isEqualTo(new CommandRun(2, "", """
				Warning: service "empty" has no migrations
				  at %s/empty/service.yml
				  its folder migrations is empty or missing
				Error: service "requird" is unknown
				  did you mean "required"?
				""".formatted(this.folder)));
	}

	@Test
	void aRestoreThatIsInterruptedChangesNothing() throws Exception {
		this.database.execute("INSERT INTO required.words (word, note) SELECT 'w', md5(n::text)"
				+ " FROM generate_series(1, 200000) n");
		run("backup", this.file.toString());
		List<String> before = contents(this.database);
		// Beside the database: whoever is connected to it would stop the restore.
		TestDatabase elsewhere = new TestDatabase(this.database.settings().withDatabase("postgres"));
		ProcessBuilder builder = new ProcessBuilder(System.getProperty("java.home") + "/bin/java",
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), "dev.skein.Skein", "restore",
				this.file.toString(), "--confirm", name(), "--services", this.folder.toString(), "--no-builtin");
		builder.environment().putAll(CommandRun.environment(this.caller));
		Path printed = this.files.resolve("printed");
		Process process = builder.redirectErrorStream(true).redirectOutput(printed.toFile()).start();
		await().pollInterval(Duration.ofMillis(2))
			.atMost(Duration.ofSeconds(60))
			.until(() -> !process.isAlive() || !elsewhere
				.query("SELECT pid FROM pg_stat_activity WHERE datname = '" + name() + "' AND query LIKE 'COPY %'")
				.isEmpty());
		new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid())).start().waitFor();
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(Files.readString(printed)).isEqualTo(143);
		assertThat(printed).content().contains("Error: ").containsAnyOf("nothing was changed", "as it was");
		assertThat(contents(this.database)).isEqualTo(before);
		assertThat(run("restore", this.file.toString(), "--confirm", name(), "--lock-wait", "0s").code()).isZero();
		assertThat(contents(this.database)).isEqualTo(before);
	}

	@Test
	void changesNothingWhereTheBackupDoesNotFitWhatStays() {
		run("backup", this.file.toString());
		this.database.execute("INSERT INTO required.t VALUES (7); INSERT INTO intruder.own VALUES (7)");
		List<String> before = contents(this.database);
		CommandRun restore = run("restore", this.file.toString(), "--service", "required", "--confirm", name());
		assertThat(restore.code()).isEqualTo(1);
		assertThat(restore.err()).endsWith("""
				Error: the backup was not restored, and nothing was changed: foreign key "own_id_fkey" of table \
				intruder.own does not fit the backup: insert or update on table "own" violates foreign key constraint \
				"own_id_fkey"; Key (id)=(7) is not present in table "t".
				  restore the service of that table, too
				""");
		assertThat(contents(this.database)).isEqualTo(before);
		assertThat(this.database.query("SELECT command || ' ' || outcome FROM skein.runs ORDER BY started_at"))
			.containsExactly("migrate applied", "restore failed");
		assertIsWhole(this.caller);
	}

	@Test
	void changesNothingWhereTheFileIsCutOff() throws IOException {
		this.database.execute("INSERT INTO required.words (word, note) SELECT 'w', md5(n::text)"
				+ " FROM generate_series(1, 20000) n");
		run("backup", this.file.toString());
		byte[] bytes = Files.readAllBytes(this.file);
		Files.write(this.file, Arrays.copyOf(bytes, bytes.length / 2));
		List<String> before = contents(this.database);
		CommandRun restore = run("restore", this.file.toString(), "--confirm", name());
		assertThat(restore.code()).as(restore.err()).isEqualTo(1);
		assertThat(restore.err()).containsPattern("Error: pg_restore \\S+ cannot read \"" + this.file + "\":\n")
			.endsWith("  the database is as it was; take another backup\n");
		assertThat(contents(this.database)).isEqualTo(before);
		assertThat(run("status", "--exit-code").code()).isZero();
	}

	@Test
	void refusesToLoseWhatNobodyMakesAgain() {
		run("backup", this.file.toString());
		this.database.execute("CREATE SCHEMA reports; CREATE VIEW reports.v AS SELECT * FROM required.t");
		CommandRun restore = run("restore", this.file.toString(), "--confirm", name());
		assertThat(restore.code()).isEqualTo(3);
		assertThat(restore.err()).contains("Error: in other schemas, this depends on what would be replaced,"
				+ " and the backup does not hold it:\n  rule _RETURN on view reports.v\n"
				+ "  nothing was touched; restore those services, too, or drop it first\n");
	}

	@Test
	void refusesAProtectedDatabaseAndOneThatOthersAreConnectedTo() throws SQLException {
		run("backup", this.file.toString());
		try (Connection other = this.database.connect()) {
			CommandRun refused = run("restore", this.file.toString(), "--confirm", name());
			assertThat(refused.code()).isEqualTo(3);
			assertThat(refused.err()).endsWith("""
					Error: 1 other session of this database would lose what it works on; nothing was touched
					  stop what is connected, or end it with --disconnect
					""");
		}
		CommandRun.on(this.caller, "protect");
		CommandRun refused = run("restore", this.file.toString(), "--confirm", name());
		assertThat(refused.code()).isEqualTo(3);
		assertThat(refused.err())
			.containsPattern("is protected by \"platform_caller\" since \\S+; nothing was touched");
		assertThat(run("restore", this.file.toString(), "--dry-run").code()).isZero();
		CommandRun unconfirmed = run("restore", this.file.toString());
		assertThat(unconfirmed.code()).isEqualTo(3);
	}

}
