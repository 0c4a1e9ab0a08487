package dev.skein.cli;

import java.nio.file.Path;
import java.util.Arrays;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlainFlyway;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RepairTests {

	private static final String HISTORY = "SELECT concat_ws(' ', installed_rank, version, type, description, script,"
			+ " success) FROM stock.flyway_schema_history ORDER BY installed_rank";

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void migrateTwoServices() {
		this.platform = new PlatformFolder(this.folder).service("stock", "tables: [stock]")
			.migration("stock", "V1__create.sql", "CREATE TABLE stock (id int);")
			.migration("stock", "V2__shelf.sql", "ALTER TABLE stock ADD shelf text;")
			.migration("stock", "V3__room.sql", "ALTER TABLE stock ADD room text;")
			.migration("stock", "R__view.sql", "CREATE OR REPLACE VIEW everything AS SELECT * FROM stock;")
			.service("users", "tables: [users]")
			.migration("users", "V1__create.sql", "CREATE TABLE users (id int);");
		assertThat(run("migrate").code()).isZero();
	}

	@Test
	void findsNothingToRepairWhereNothingDiffers() {
		CommandRun run = run("repair");
		assertThat(run.code()).isZero();
		assertThat(run.out()).isEqualTo("Nothing to repair: the histories agree with the files.\n");
		assertThat(run("repair", "--output", "json").json().at("/repaired").isEmpty()).isTrue();
	}

	@Test
	void acceptsFilesThatWereEditedAndRenamedSoThatPlainFlywayDoes() {
		this.platform.migration("stock", "V1__create.sql", "CREATE TABLE stock (id int); -- the stock")
			.delete("stock/migrations/V2__shelf.sql")
			.migration("stock", "V2__shelves.sql", "ALTER TABLE stock ADD shelf text;");
		assertThat(run("migrate").code()).isEqualTo(1);
		assertThat(PlainFlyway.on(this.database, this.platform, "stock").validateWithResult().validationSuccessful)
			.isFalse();
		String before = checksum("1");
		CommandRun run = confirmed("repair");
		assertThat(run.code()).as(run.err()).isZero();
		String table = """
				 SERVICE  VERSION  SCRIPT          ACTION       BEFORE          AFTER
				 stock    1        V1__create.sql  checksum     %-14s  %s
				 stock    2        V2__shelf.sql   description  V2__shelf.sql   V2__shelves.sql
				""".formatted("?", "?");
		assertThat(squeezed(run.out(), before, checksum("1")))
			.isEqualTo(squeezed("Changed the history of 1 service:\n" + table, before, checksum("1")));
		assertThat(run.err()).contains("Changes the history of 1 service:\n",
				"No file is run, and no table is touched.\n");
		assertThat(checksum("1")).isNotEqualTo(before);
		assertThat(this.database.query(HISTORY)).containsExactly("1 1 SQL create V1__create.sql t",
				"2 2 SQL shelves V2__shelves.sql t", "3 3 SQL room V3__room.sql t", "4 SQL view R__view.sql t");
		assertAgreed();
	}

	@Test
	void marksDeletedFilesAsFlywayDoesSoThatItValidates() {
		this.platform.delete("stock/migrations/V2__shelf.sql").delete("stock/migrations/R__view.sql");
		CommandRun run = confirmed("repair", "--output", "json");
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(run.json().at("/repaired").toString()).isEqualTo("""
				[{"service":"stock","version":"2","script":"V2__shelf.sql","action":"deleted",\
				"before":"applied","after":"deleted"},\
				{"service":"stock","version":null,"script":"R__view.sql","action":"deleted",\
				"before":"applied","after":"deleted"}]""");
		assertThat(this.database.query(HISTORY)).containsExactly("1 1 SQL create V1__create.sql t",
				"2 2 SQL shelf V2__shelf.sql t", "3 3 SQL room V3__room.sql t", "4 SQL view R__view.sql t",
				"5 2 DELETE shelf V2__shelf.sql t", "6 DELETE view R__view.sql t");
		assertAgreed();
	}

	@Test
	void understandsWhatFlywaysOwnRepairMarkedAsDeleted() {
		this.platform.delete("stock/migrations/V2__shelf.sql");
		PlainFlyway.on(this.database, this.platform, "stock").repair();
		assertAgreed();
	}

	@Test
	void appliesAFileAgainThatComesBackAfterItWasMarkedAsDeleted() {
		this.platform.delete("stock/migrations/V2__shelf.sql");
		assertThat(confirmed("repair").code()).isZero();
		this.platform.migration("stock", "V2__shelf.sql", "ALTER TABLE stock ADD shelf2 text;");
		assertThat(run("migrate").code()).isEqualTo(1);
		CommandRun run = run("migrate", "--out-of-order");
		assertThat(run.code()).as(run.out()).isZero();
		assertAgreed();
	}

	@Test
	void removesTheRowOfAFailureAndTheIndexThatItLeft() {
		this.database.execute("INSERT INTO stock.stock VALUES (1), (1)");
		this.platform.migration("stock", "V4__index.sql",
				"CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS stock_id ON stock (id);");
		assertThat(run("migrate").code()).isEqualTo(1);
		CommandRun run = confirmed("repair");
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(run.out()).isEqualTo("""
				Changed the history of 1 service:
				 SERVICE  VERSION  SCRIPT         ACTION          BEFORE  AFTER
				 stock    4        V4__index.sql  failed-removed  failed  -
				and drops the invalid index stock.stock_id, left by the failed file
				""");
		assertThat(this.database.query(HISTORY)).hasSize(4);
		assertThat(this.database.query("SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid")).isEmpty();
		this.database.execute("DELETE FROM stock.stock");
		assertThat(run("migrate").code()).isZero();
		assertAgreed();
	}

	@Test
	void changesNothingInADryRunOrWithoutAConfirmation() {
		this.platform.delete("stock/migrations/V2__shelf.sql");
		CommandRun dry = run("repair", "--dry-run");
		assertThat(dry).isEqualTo(new CommandRun(0, """
				Would change the history of 1 service:
				 SERVICE  VERSION  SCRIPT         ACTION   BEFORE   AFTER
				 stock    2        V2__shelf.sql  deleted  applied  deleted
				""", dry.err()));
		assertThat(run("repair", "--yes").code()).isEqualTo(2);
		assertThat(run("repair", "--confirm", "another").code()).isEqualTo(2);
		assertThat(this.database.query(HISTORY)).hasSize(4);
	}

	@Test
	void repairsOnlyTheServiceThatIsNamed() {
		this.platform.migration("stock", "V1__create.sql", "SELECT 1;")
			.migration("users", "V1__create.sql", "SELECT 1;");
		CommandRun run = confirmed("repair", "--service", "users", "--output", "json");
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(run.json().at("/repaired").size()).isOne();
		assertThat(run.json().at("/repaired/0/service").asString()).isEqualTo("users");
		assertThat(run("repair", "--dry-run", "--output", "json").json().at("/repaired/0/service").asString())
			.isEqualTo("stock");
	}

	@Test
	void saysWhatWasRepairedBeforeAServiceThatCannotBe() {
		this.platform.migration("stock", "V1__create.sql", "SELECT 1;")
			.migration("users", "V1__create.sql", "SELECT 1;");
		this.database.execute("""
				CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS
				    'BEGIN RAISE EXCEPTION ''not today''; END';
				CREATE TRIGGER refuse BEFORE UPDATE ON users.flyway_schema_history EXECUTE FUNCTION public.refuse()""");
		CommandRun run = confirmed("repair");
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.out()).isEmpty();
		assertThat(run.err().lines().filter((line) -> line.startsWith("Error: "))).singleElement().satisfies((line) -> {
			assertThat(line).startsWith("Error: service \"users\" was not repaired: ");
			assertThat(line).endsWith("not today; repaired before it: \"stock\"");
		});
		assertThat(run("repair", "--dry-run", "--output", "json").json().at("/repaired").size()).isOne();
	}

	@Test
	void refusesWhereTheDatabaseIsAheadOfTheFiles() {
		this.platform.delete("stock/migrations/V3__room.sql")
			.migration("users", "V1__create.sql", "CREATE TABLE users (); -- edited");
		CommandRun run = confirmed("repair");
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.out()).isEmpty();
		assertThat(run.err()).endsWith("""
				Error: the database is ahead of these files, which a repair would make it forget:
				  stock: version 3 ("V3__room.sql") is applied, but the files end with 2
				  nothing was touched; use a newer checkout, or leave the service out with --service
				""");
		assertThat(confirmed("repair", "--service", "users").code()).isZero();
	}

	@Test
	void saysThatAnotherFileUnderAnAppliedVersionWillNeverRun() {
		this.platform.delete("stock/migrations/V3__room.sql")
			.migration("stock", "V3__payments.sql", "ALTER TABLE stock ADD paid text;");
		assertThat(run("migrate").out()).contains("\"V3__payments.sql\" is another file").doesNotContain("was renamed");
		CommandRun run = run("repair", "--dry-run");
		assertThat(run.out()).endsWith("\n\"V3__payments.sql\" counts as applied: its SQL will never run here\n");
	}

	@Test
	void refusesWhereAFileWasRenumbered() {
		int checksum = Integer.parseInt(checksum("2"));
		this.platform.delete("stock/migrations/V2__shelf.sql")
			.migration("stock", "V4__shelf.sql", "ALTER TABLE stock ADD shelf text;");
		CommandRun run = confirmed("repair");
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).endsWith(
				"""
						Error: these files have another version than they were applied as, and a repair would make them run again:
						  stock: "V2__shelf.sql" was renumbered after it was applied, to "V4__shelf.sql": \
						its text is the same (checksum %d)
						  nothing was touched; give them their old names again, or leave the service out with --service
						"""
					.formatted(checksum));
	}

	@Test
	void waitsForARunAndGivesUp() throws Exception {
		this.platform.delete("stock/migrations/V2__shelf.sql");
		try (var connection = this.database.connect(); var statement = connection.createStatement()) {
			statement.execute("SELECT pg_advisory_lock(1936418153, 110)");
			CommandRun run = confirmed("repair", "--lock-wait", "0s");
			assertThat(run.code()).isEqualTo(3);
			assertThat(run.err()).contains("another run holds the lock");
		}
		assertThat(this.database.query(HISTORY)).hasSize(4);
	}

	private void assertAgreed() {
		PlainFlyway.on(this.database, this.platform, "stock").validate();
		CommandRun status = run("status", "--exit-code");
		assertThat(status.code()).as(status.out()).isZero();
		assertThat(run("repair").out()).startsWith("Nothing to repair");
	}

	private String checksum(String version) {
		return this.database.query("SELECT checksum FROM stock.flyway_schema_history WHERE version = '" + version + "'")
			.get(0);
	}

	/**
	 * Checksums have changing widths, so columns are compared without their blanks.
	 */
	private static String squeezed(String text, String before, String after) {
		return text.replace(before, "?").replace(after, "?").replaceAll(" +", " ");
	}

	private CommandRun confirmed(String... arguments) {
		String[] all = Arrays.copyOf(arguments, arguments.length + 2);
		all[arguments.length] = "--confirm";
		all[arguments.length + 1] = this.database.settings().database();
		return run(all);
	}

	private CommandRun run(String... arguments) {
		return CommandRun.on(this.database, this.platform, arguments);
	}

}
