package dev.skein.cli;

import java.nio.file.Path;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlainFlyway;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A platform that plain Flyway migrated service by service, and Skein goes on with.
 */
class AdoptedHistoryTests {

	private static final String LEDGER = "SELECT service, version, filename, checksum = (SELECT checksum FROM"
			+ " shop.flyway_schema_history h WHERE h.script = filename AND service = 'shop'), success, kind"
			+ " FROM skein.schema_migrations ORDER BY id";

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void migrateWithPlainFlyway() {
		this.platform = new PlatformFolder(this.folder).service("shop", "tables: [orders]")
			.migration("shop", "V1__orders.sql", "CREATE TABLE orders (id int PRIMARY KEY);")
			.migration("shop", "V2__state.sql", "ALTER TABLE orders ADD state text;")
			.migration("shop", "R__views.sql", "CREATE OR REPLACE VIEW open AS SELECT id FROM orders;");
		PlainFlyway.on(this.database, this.platform, "shop").migrate();
	}

	@Test
	void theFirstRunTakesTheHistoriesOverAndTheNextHasNothingToDo() {
		CommandRun run = run("migrate").succeeded();
		assertThat(run.err()).contains("Took over what plain Flyway applied in 1 service: shop\n");
		assertThat(run.out()).endsWith("is up to date: 1 service, 1 of 1 promised tables found, none unexpected\n");
		assertThat(this.database.table(LEDGER)).isEqualTo("""
				shop|1|V1__orders.sql|t|t|migrate
				shop|2|V2__state.sql|t|t|migrate
				shop|null|R__views.sql|t|t|migrate
				""");
		run("wait", "--timeout", "0s").succeeded();
		this.database.query("SELECT skein.assert_schema_version('shop', '2')");
		assertThat(run("drift").succeeded().out()).isEqualTo("1 service is as the last run left it.\n");
		CommandRun again = run("migrate").succeeded();
		assertThat(again.err()).doesNotContain("Took over");
		assertThat(this.database.query("SELECT count(*) FROM skein.runs")).containsExactly("1");
	}

	@Test
	void aRunWithPendingFilesTakesOverWhatCameBeforeThem() {
		this.platform.migration("shop", "V3__note.sql", "ALTER TABLE orders ADD note text;")
			.service("users", "tables: [users]")
			.migration("users", "V1__users.sql", "CREATE TABLE users (id int);");
		CommandRun run = run("migrate").succeeded();
		assertThat(run.err()).contains("Took over what plain Flyway applied in 1 service: shop\n");
		assertThat(
				this.database.query("SELECT filename FROM skein.schema_migrations WHERE service = 'shop' ORDER BY id"))
			.containsExactly("V1__orders.sql", "V2__state.sql", "R__views.sql", "V3__note.sql");
	}

	@Test
	void aServiceThatJoinsLaterIsTakenOverToo() {
		run("migrate").succeeded();
		this.platform.service("users", "tables: [users]")
			.migration("users", "V1__users.sql", "CREATE TABLE users (id int);");
		PlainFlyway.on(this.database, this.platform, "users").migrate();
		assertThat(run("migrate").succeeded().err())
			.contains("Took over what plain Flyway applied in 1 service: users\n");
		run("wait", "--timeout", "0s").succeeded();
	}

	@Test
	void aDryRunSaysSoAndChangesNothing() {
		CommandRun run = run("migrate", "--dry-run").succeeded();
		assertThat(run.out()).isEqualTo("Would take over what plain Flyway applied in 1 service: shop\n");
		assertThat(this.database.query("SELECT to_regnamespace('skein') IS NULL")).containsExactly("t");
	}

	@Test
	void aHistoryThatCouldRunCodeIsNotTakenOver() {
		this.database.execute("""
				CREATE DOMAIN public.by AS varchar CHECK (pg_sleep(0) IS NOT NULL);
				ALTER TABLE shop.flyway_schema_history ALTER installed_by TYPE public.by""");
		CommandRun run = run("migrate");
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).endsWith("""
				Error: "shop.flyway_schema_history" is not as Flyway makes it
				  nothing was read from it: look at who changed it, and restore it from a backup
				""");
		assertThat(this.database.query("SELECT count(*) FROM skein.schema_migrations")).containsExactly("0");
	}

	@Test
	void aRefusedRunTakesNothingOver() {
		this.platform.migration("shop", "V2__state.sql", "ALTER TABLE orders ADD states text;");
		assertThat(run("migrate").code()).isEqualTo(1);
		assertThat(this.database.query("SELECT to_regnamespace('skein') IS NULL")).containsExactly("t");
	}

	private CommandRun run(String... arguments) {
		return CommandRun.on(this.database, this.platform, arguments);
	}

}
