package dev.skein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.skein.testing.CommandRun.on;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a container waits for, and what it says when that does not come.
 */
class WaitTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void twoServices() {
		this.platform = new PlatformFolder(this.folder).service("stock", "tables: [stock]")
			.migration("stock", "V001__stock.sql", "CREATE TABLE stock (id int);")
			.migration("stock", "V002__room.sql", "ALTER TABLE stock ADD COLUMN room text;")
			.service("orders", "tables: [orders]")
			.migration("orders", "V009__orders.sql", "CREATE TABLE orders (id int);");
	}

	@Test
	void isOverAtOnceWhenAllIsThere() {
		migrate();
		CommandRun run = on(this.database, this.platform, "wait");
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(run.out()).isEqualTo("""
				 SERVICE  NEEDED  THERE  STATE
				 orders   009     009    there
				 stock    002     002    there
				""");
		assertThat(run.err()).isEqualTo("Database: " + this.database.settings() + "\n");
	}

	@Test
	void isContentWithALaterVersionAndReadsNoFilesForAGivenOne() {
		migrate();
		CommandRun run = on(this.database, "wait", "--service", "stock", "--version", "1", "--services", "/nowhere");
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(run.out()).contains(" stock    1       002    there");
	}

	@Test
	void saysWhatIsMissingWhenTheTimeIsOver() {
		migrate();
		this.platform.migration("orders", "V010__more.sql", "SELECT 1;");
		CommandRun run = on(this.database, this.platform, "wait", "--timeout", "700ms");
		assertThat(run.code()).isEqualTo(4);
		assertThat(run.out()).isEqualTo("""
				 SERVICE  NEEDED  THERE  STATE
				 orders   010     009    missing
				 stock    002     002    there
				""");
		assertThat(run.err().replaceAll("after \\d+ m?s", "after <time>")).isEqualTo("Database: "
				+ this.database.settings() + "\nWaiting up to 700 ms: orders is at 009, needed is 010\n"
				+ "Error: not there after <time>: orders is at 009, needed is 010\n  run: skein migrate --only orders\n"
				+ "  if that failed: skein history --failed\n");
	}

	@Test
	void saysThatNothingWasEverMigrated() {
		CommandRun run = on(this.database, this.platform, "wait", "--timeout", "0");
		assertThat(run.code()).isEqualTo(4);
		assertThat(run.err().replaceAll("after \\d+ m?s", "after <time>")).isEqualTo("Database: "
				+ this.database.settings() + "\nError: not there after <time>: database " + this.database.settings()
				+ " has no ledger, so nothing was ever migrated in it\n  run: skein migrate\n"
				+ "  if that failed: skein history --failed\n");
		assertThat(this.database.query("SELECT nspname FROM pg_namespace WHERE nspname = 'skein'")).isEmpty();
	}

	@Test
	void saysThatAServiceIsUnknownToTheLedger() {
		migrate();
		CommandRun run = on(this.database, "wait", "--service", "nobody", "--version", "003", "--timeout", "0");
		assertThat(run.code()).isEqualTo(4);
		assertThat(run.err()).contains(": nobody is not there, needed is 003\n  run: skein migrate --only nobody\n");
	}

	@Test
	void printsJson() {
		migrate();
		CommandRun run = on(this.database, "wait", "--service", "stock", "--version", "003", "--timeout", "0",
				"--output", "json");
		assertThat(run.code()).isEqualTo(4);
		assertThat(run.out().replaceAll("Millis\" : \\d+", "Millis\" : 1")).isEqualTo("""
				{
				  "database" : "%s",
				  "outcome" : "missing",
				  "ledger" : true,
				  "waitedMillis" : 1,
				  "services" : [ {
				    "service" : "stock",
				    "needed" : "003",
				    "current" : "002",
				    "there" : false
				  } ]
				}
				""".formatted(this.database.settings().toString().replace("\"", "\\\"")));
	}

	@Test
	void waitsForWhatComesMeanwhile() {
		CompletableFuture<CommandRun> waiting = CompletableFuture
			.supplyAsync(() -> on(this.database, this.platform, "wait", "--timeout", "60s"));
		migrate();
		CommandRun run = waiting.join();
		assertThat(run.code()).as(run.err()).isZero();
	}

	@Test
	void waitsForTheDatabaseItself() {
		TestDatabase later = new TestDatabase(
				this.database.settings().withDatabase(this.database.settings().database() + "_later"));
		CompletableFuture<CommandRun> waiting = CompletableFuture
			.supplyAsync(() -> on(later, this.platform, "wait", "--timeout", "60s"));
		assertThat(on(later, this.platform, "migrate", "--create-database").code()).isZero();
		CommandRun run = waiting.join();
		assertThat(run.code()).as(run.err()).isZero();
	}

	@Test
	void saysThatNobodyEverAnswered() {
		List<String> arguments = new ArrayList<>(List.of("wait", "--service", "stock", "--version", "1"));
		arguments.addAll(List.of("--url", "jdbc:postgresql://127.0.0.1:1/app", "--user", "x", "--timeout", "1s"));
		CommandRun run = CommandRun.skein(Map.of(), "", arguments.toArray(String[]::new));
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.out()).isEmpty();
		assertThat(run.err().replaceAll("after \\d+ s", "after <time>")).isEqualTo("""
				Database: "app" on 127.0.0.1:1
				Waiting up to 1 s: cannot use database "app" on 127.0.0.1:1: connection refused
				Error: cannot use database "app" on 127.0.0.1:1: connection refused, after <time> of waiting
				  check host and port, and the server's log
				""");
	}

	@Test
	void needsNoRightsButSaysWhichWereTaken() {
		migrate();
		String role = "poor_" + this.database.settings().database();
		this.database.execute("CREATE ROLE " + role + " LOGIN");
		TestDatabase poor = this.database.as(role, "");
		assertThat(on(poor, this.platform, "wait", "--timeout", "0").code()).isZero();

		this.database.execute("REVOKE USAGE ON SCHEMA skein FROM PUBLIC");
		CommandRun run = on(poor, this.platform, "wait", "--timeout", "60s");
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).isEqualTo("Database: " + poor.settings() + "\nError: cannot ask database "
				+ poor.settings() + " for versions: permission denied for schema skein\n"
				+ "  let the owner of schema \"skein\" grant what Skein grants: GRANT USAGE ON SCHEMA skein TO PUBLIC;"
				+ " GRANT EXECUTE ON FUNCTION skein.get_current_schema_version TO PUBLIC\n");
	}

	@Test
	void refusesAVersionForSeveralServices() {
		CommandRun run = on(this.database, this.platform, "wait", "--version", "1");
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).isEqualTo("""
				Error: --version needs one --service, but 0 are given
				  give one service, or leave --version out: then the files say which
				""");
	}

	private void migrate() {
		CommandRun run = on(this.database, this.platform, "migrate");
		assertThat(run.code()).as(run.err()).isZero();
	}

}
