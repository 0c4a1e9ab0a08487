package dev.skein.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlainFlyway;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class RollbackTests {

	private static final String LEDGER = "SELECT kind || ' ' || service || ' ' || filename || ' ' || success"
			+ " FROM skein.schema_migrations WHERE kind <> 'migrate' OR NOT success ORDER BY id";

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void migrateThreeServices() {
		this.platform = new PlatformFolder(this.folder).service("stock", "referenced_by: [orders]", "tables: [stock]")
			.migration("stock", "V1__stock.sql", "CREATE TABLE stock (id int PRIMARY KEY, shelf text);")
			.migration("stock", "U1__stock.sql", "DROP TABLE stock;")
			.migration("stock", "V2__room.sql", "ALTER TABLE stock ADD room text;")
			.migration("stock", "U2__room.sql", "ALTER TABLE stock DROP COLUMN room;")
			.service("orders", "requires: [stock]", "tables: [orders]")
			.migration("orders", "V1__orders.sql", "CREATE TABLE orders (id int, stock int REFERENCES stock.stock);")
			.migration("orders", "U1__orders.sql", "DROP TABLE orders;")
			.service("users", "tables: [users]")
			.migration("users", "V1__users.sql", "CREATE TABLE users (id int);")
			.migration("users", "U1__users.sql", "DROP TABLE users;");
		assertThat(run("migrate", "--jobs", "1").code()).isZero();
	}

	@Test
	void undoesWhatWasBuiltOnAVersionFirstAndKeepsBothStories() {
		CommandRun run = confirmed("rollback", "--to", "stock@1");
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(run.err()).contains("""
				Undoes, in this order:
				  SERVICE  VERSION  MIGRATION       UNDO SCRIPT
				  orders   1        V1__orders.sql  U1__orders.sql
				  stock    2        V2__room.sql    U2__room.sql
				And throws away, as far as the scripts tell:
				  WHAT    NAME              ROWS
				  table   orders.orders     about 0 rows
				  column  stock.stock.room  about 0 rows
				Undoing 2 migrations in 2 services
				""");
		assertThat(run.out()).containsPattern("Undone: 2 migrations in [0-9.]+ s\n");
		assertThat(versions()).containsExactly("stock -> 1", "users -> 1");
		assertThat(this.database.tables()).containsExactly("stock.stock", "users.users");
		assertThat(this.database.query(LEDGER)).containsExactly("undo orders U1__orders.sql true",
				"undo stock U2__room.sql true");
		assertThat(PlainFlyway.on(this.database, this.platform, "stock").info().current().getVersion().toString())
			.isEqualTo("1");
		assertThat(run("migrate").code()).isZero();
		assertThat(versions()).containsExactly("orders -> 1", "stock -> 2", "users -> 1");
	}

	@Test
	void leavesAloneWhatWasThereBeforeTheUndoneVersion() {
		this.platform.migration("stock", "V3__later.sql", "ALTER TABLE stock ADD later text;")
			.migration("stock", "U3__later.sql", "ALTER TABLE stock DROP later;");
		assertThat(run("migrate").code()).isZero();
		assertThat(confirmed("rollback", "--to", "stock@2").code()).isZero();
		assertThat(versions()).containsExactly("orders -> 1", "stock -> 2", "users -> 1");
	}

	@Test
	void undoesTheLastStepsInWhateverService() {
		this.platform.migration("users", "V2__name.sql", "ALTER TABLE users ADD name text;")
			.migration("users", "U2__name.sql", "ALTER TABLE users DROP name;");
		assertThat(run("migrate").code()).isZero();
		this.platform.migration("orders", "V2__price.sql", "ALTER TABLE orders ADD price int;")
			.migration("orders", "U2__price.sql", "ALTER TABLE orders DROP price;");
		assertThat(run("migrate").code()).isZero();
		CommandRun run = confirmed("rollback", "--steps", "2", "--output", "json");
		assertThat(texts(run.json().at("/undone"), "script")).containsExactly("U2__price.sql", "U2__name.sql");
		assertThat(versions()).containsExactly("orders -> 1", "stock -> 2", "users -> 1");
	}

	@Test
	void goesBackToNothingAndForwardsAgain() {
		List<String> before = this.database.tables();
		for (String service : List.of("stock", "users")) {
			assertThat(confirmed("rollback", "--to", service + "@0").code()).isZero();
		}
		assertThat(this.database.tables()).isEmpty();
		assertThat(versions()).isEmpty();
		assertThat(run("migrate").code()).isZero();
		assertThat(this.database.tables()).isEqualTo(before);
	}

	@Test
	void namesEveryMissingUndoScriptAndTouchesNothing() {
		this.platform.delete("stock/migrations/U2__room.sql").delete("orders/migrations/U1__orders.sql");
		CommandRun run = confirmed("rollback", "--to", "stock@0");
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).endsWith("""
				Error: 2 migrations cannot be undone, for want of an undo script:
				  orders: V1__orders.sql
				  stock: V2__room.sql
				  nothing was touched; write U<version>__<what>.sql beside each, or bring a backup back
				""");
		assertThat(versions()).containsExactly("orders -> 1", "stock -> 2", "users -> 1");
	}

	@Test
	void stopsAtAnUndoScriptThatFailsAndGoesOnFromThereWhenItIsMended() {
		this.platform.migration("stock", "U2__room.sql",
				"ALTER TABLE stock DROP shelf;\nALTER TABLE stock DROP nothing;");
		CommandRun failed = confirmed("rollback", "--steps", "3");
		assertThat(failed.code()).isEqualTo(1);
		assertThat(failed.out()).contains("Service \"stock\" failed\n", "U2__room.sql, line 2\n", "SQLSTATE  42703\n",
				"left: stock@2; the same command goes on from here\n");
		assertThat(this.database.query("SELECT attname FROM pg_attribute WHERE attrelid = 'stock.stock'::regclass"
				+ " AND attnum > 0 AND NOT attisdropped"))
			.containsExactly("id", "shelf", "room");
		assertThat(this.database.query(LEDGER)).containsExactly("undo orders U1__orders.sql true",
				"undo users U1__users.sql true", "undo stock U2__room.sql false");

		this.platform.migration("stock", "U2__room.sql", "ALTER TABLE stock DROP room;");
		this.database.execute("INSERT INTO skein.runs (id, command, os_user, host, process_id, skein_version, ended_at,"
				+ " outcome) VALUES (gen_random_uuid(), 'rollback', 'me', 'here', 1, '1', clock_timestamp(), 'failed')");
		CommandRun mended = confirmed("rollback", "--steps", "3");
		assertThat(mended.code()).as(mended.err()).isZero();
		assertThat(mended.err())
			.contains("Goes on with a rollback that did not come to its end: 2 migrations undone already\n");
		assertThat(versions()).containsExactly("stock -> 1");
	}

	@Test
	void refusesAProtectedDatabaseAfterItHasShownWhatWouldBeLost() {
		CommandRun.on(this.database, "protect", "--reason", "production").succeeded();
		assertThat(confirmed("rollback", "--to", "orders@0", "--dry-run").succeeded().err()).contains("U1__orders.sql");
		CommandRun run = confirmed("rollback", "--to", "orders@0");
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err())
			.containsPattern("(?s)U1__orders.sql.*Error: database \"" + this.database.settings().database()
					+ "\" is protected by \"postgres\" since \\S+: production; nothing was touched\n"
					+ "  if it really is to lose what is shown above: skein unprotect\n");
		CommandRun.on(this.database, "unprotect", "--confirm", this.database.settings().database()).succeeded();
		confirmed("rollback", "--to", "orders@0").succeeded();
	}

	@Test
	void keepsAnUndoScriptInItsRoom() {
		this.platform.migration("orders", "U1__orders.sql", "DROP TABLE orders; DROP TABLE users.users;");
		CommandRun run = confirmed("rollback", "--to", "orders@0");
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.out()).contains("SQLSTATE  42501\n");
		assertThat(this.database.tables()).containsExactly("orders.orders", "stock.stock", "users.users");
	}

	@Test
	void runsUndoScriptsThatCannotRunInATransaction() {
		this.platform.migration("stock", "V3__index.sql", "CREATE INDEX CONCURRENTLY stock_shelf ON stock (shelf);")
			.migration("stock", "U3__index.sql", "DROP INDEX CONCURRENTLY IF EXISTS stock_shelf;");
		assertThat(run("migrate").code()).isZero();
		assertThat(confirmed("rollback", "--to", "stock@2").code()).isZero();
		assertThat(this.database.query("SELECT to_regclass('stock.stock_shelf') IS NULL")).containsExactly("t");
		assertThat(versions()).containsExactly("orders -> 1", "stock -> 2", "users -> 1");
	}

	@Test
	void appliesRepeatableMigrationsAgainThatMayDependOnWhatIsUndone() {
		this.platform.migration("orders", "R__view.sql",
				"CREATE OR REPLACE VIEW rooms AS SELECT s.id FROM stock.stock s JOIN orders o ON o.stock = s.id;");
		this.platform.migration("stock", "V3__later.sql", "ALTER TABLE stock ADD later text;")
			.migration("stock", "U3__later.sql", "ALTER TABLE stock DROP later;\nDROP VIEW IF EXISTS nothing;");
		assertThat(run("migrate").code()).isZero();
		CommandRun run = confirmed("rollback", "--to", "stock@2");
		assertThat(run.code()).as(run.out()).isZero();
		assertThat(run.err()).contains("Then applies again: orders R__view.sql\n");
		assertThat(run.out()).contains("Applied again: orders R__view.sql\n");
		assertThat(this.database.query("SELECT count(*) FROM orders.rooms")).containsExactly("0");
	}

	@Test
	void reportsARepeatableMigrationThatDoesNotFitWhatIsLeft() {
		this.platform.migration("stock", "R__view.sql", "CREATE OR REPLACE VIEW rooms AS SELECT room FROM stock;");
		this.platform.migration("stock", "U2__room.sql", "ALTER TABLE stock DROP room CASCADE;");
		assertThat(run("migrate").code()).isZero();
		CommandRun run = confirmed("rollback", "--to", "stock@1");
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.out()).contains("R__view.sql, line 1\n", "SQLSTATE  42703\n",
				"Pending: stock R__view.sql does not fit what is left; fix it, and the next migrate applies it\n");
		JsonNode stock = run("status", "--output", "json").json().at("/services/0");
		assertThat(texts(stock.at("/pending"), "script")).containsExactly("V2__room.sql", "R__view.sql");
	}

	@Test
	void leavesRepeatableMigrationsPendingWhereNothingOfTheirServiceIsLeft() {
		this.platform.migration("users", "R__view.sql", "CREATE OR REPLACE VIEW everybody AS SELECT * FROM users;")
			.migration("users", "U1__users.sql", "DROP TABLE users CASCADE;");
		assertThat(run("migrate").code()).isZero();
		CommandRun run = confirmed("rollback", "--to", "users@0");
		assertThat(run.code()).as(run.out()).isZero();
		assertThat(run.err()).contains("Then pending: users R__view.sql\n");
		assertThat(run.out()).endsWith("Pending: users R__view.sql; the next migrate applies it\n");
		assertThat(run("migrate").code()).isZero();
		assertThat(this.database.query("SELECT count(*) FROM users.everybody")).containsExactly("0");
	}

	@Test
	void showsWithoutTouching() {
		CommandRun run = run("rollback", "--to", "stock@0", "--dry-run", "--output", "json");
		assertThat(run.code()).isZero();
		assertThat(run.json().at("/outcome").asString()).isEqualTo("planned");
		assertThat(texts(run.json().at("/left"), "script")).containsExactly("U1__orders.sql", "U2__room.sql",
				"U1__stock.sql");
		assertThat(versions()).containsExactly("orders -> 1", "stock -> 2", "users -> 1");
		CommandRun refused = run("rollback", "--to", "stock@0");
		assertThat(refused.code()).isEqualTo(2);
		assertThat(refused.err()).contains("nobody answered, nothing was touched");
	}

	@Test
	void warnsOfEditedFilesAndOfServicesThatItDoesNotSee() {
		this.platform.migration("stock", "V2__room.sql", "ALTER TABLE stock ADD room varchar;")
			.delete("orders/service.yml");
		CommandRun run = run("rollback", "--to", "stock@1", "--dry-run");
		assertThat(run.err()).endsWith("""
				Careful: stock V2__room.sql was edited after it was applied, so its undo script may not fit
				Careful: what these services built on it is not seen, they are not in this catalog: orders
				""");
	}

	@Test
	void refusesToGoBelowABaseline() {
		this.database.execute("DROP SCHEMA users CASCADE; CREATE SCHEMA users; CREATE TABLE users.users (id int)");
		assertThat(confirmed("baseline", "users@1").code()).isZero();
		CommandRun run = confirmed("rollback", "--to", "users@0");
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).endsWith("Error: service \"users\" was taken over at version 1; what was there before was"
				+ " not applied by a migration; nothing was touched\n  go back to users@1 at most\n");
	}

	@Test
	void refusesWhatItDoesNotKnow() {
		assertThat(run("rollback", "--to", "stok@1").err()).contains("service \"stok\" is unknown");
		assertThat(run("rollback", "--to", "stock@7").err())
			.contains("Error: --to \"stock@7\" names no version of \"stock\"\n");
		assertThat(run("rollback", "--to", "stock").err())
			.contains("Error: --to \"stock\" names no version of \"stock\"\n");
		assertThat(run("rollback", "--steps", "0").err()).contains("--steps must be 1 or more, not 0");
		assertThat(run("rollback", "--to", "2026.11").err()).endsWith("""
				Error: release "2026.11" is unknown in this database
				  no release was named yet; for a version of a service write SERVICE@VERSION
				""");
		assertThat(run("rollback").code()).isEqualTo(2);
	}

	private List<String> versions() {
		return this.database.query("""
				SELECT DISTINCT ON (service) service || ' -> ' || skein.get_current_schema_version(service)
				FROM skein.services WHERE skein.get_current_schema_version(service) IS NOT NULL ORDER BY service""");
	}

	private static List<String> texts(JsonNode nodes, String field) {
		return StreamSupport.stream(nodes.spliterator(), false).map((node) -> node.at("/" + field).asString()).toList();
	}

	private CommandRun run(String... arguments) {
		return CommandRun.on(this.database, this.platform, arguments);
	}

	private CommandRun confirmed(String... arguments) {
		return run(Stream.concat(Arrays.stream(arguments), Stream.of("--confirm", this.database.settings().database()))
			.toArray(String[]::new));
	}

}
