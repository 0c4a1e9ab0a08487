package dev.skein.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static dev.skein.testing.CommandRun.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class LedgerTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawOneService() {
		this.platform = new PlatformFolder(this.folder).service("stock", "tables: [stock]")
			.migration("stock", "V001__stock.sql", "CREATE TABLE stock (id int);")
			.migration("stock", "V002__index.sql", "CREATE INDEX CONCURRENTLY ON stock (id);")
			.migration("stock", "R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 1;");
	}

	@Test
	void hasARowForEverySuccessWithTheRunThatTheReportNames() {
		String run = migrate().json().at("/run").asString();
		assertThat(this.database.query("SELECT service || ' ' || coalesce(version, '-') || ' ' || filename || ' '"
				+ " || success || ' ' || (error_message IS NULL) || ' ' || applied_by FROM skein.schema_migrations"
				+ " WHERE run = '" + run + "' ORDER BY id"))
			.containsExactly("stock 001 V001__stock.sql true true postgres",
					"stock 002 V002__index.sql true true postgres", "stock - R__view.sql true true postgres");
		assertThat(
				this.database.query("SELECT count(*) FROM skein.schema_migrations l JOIN stock.flyway_schema_history h"
						+ " ON h.script = l.filename AND h.checksum = l.checksum"))
			.containsExactly("3");
		assertThat(this.database
			.query("SELECT command || ' ' || outcome || ' ' || (ended_at >= started_at) FROM skein.runs"
					+ " WHERE id = '" + run + "'"))
			.containsExactly("migrate applied true");
	}

	@Test
	void writesASuccessInTheTransactionOfTheMigration() {
		migrate();
		assertThat(this.database.query("SELECT l.xmin = h.xmin FROM skein.schema_migrations l"
				+ " JOIN stock.flyway_schema_history h ON h.script = l.filename WHERE l.version = '001'"))
			.containsExactly("t");
	}

	@Test
	void isWrittenByWhoeverTheFileLeftAtWork() {
		this.platform.migration("stock", "V003__role.sql", "SET ROLE all_skein_services;")
			.migration("stock", "V004__column.sql", "ALTER TABLE stock ADD at timestamptz;");
		assertThat(migrate().code()).isZero();
		assertThat(this.database.query("SELECT DISTINCT installed_by FROM stock.flyway_schema_history"))
			.containsExactly("skein_stock");
	}

	@Test
	void hasARowForEveryFailureAndKeepsItWhenTheNextAttemptSucceeds() {
		this.platform.migration("stock", "V003__wrong.sql", "SELECT 1;\nSELECT nonsense;");
		CommandRun failed = migrate();
		this.platform.migration("stock", "V003__wrong.sql", "SELECT 1;");
		migrate();
		assertThat(this.database.query("SELECT success || ' ' || coalesce(error_message, '-')"
				+ " FROM skein.schema_migrations WHERE version = '003' ORDER BY id"))
			.containsExactly("false column \"nonsense\" does not exist", "true -");
		assertThat(this.database.query("SELECT outcome FROM skein.runs ORDER BY started_at")).containsExactly("failed",
				"applied");
		CommandRun history = on(this.database, this.platform, "history", "--failed", "--output", "json");
		assertThat(history.json().at("/attempts").size()).isOne();
		JsonNode attempt = history.json().at("/attempts/0");
		assertThat(attempt.at("/filename").asString()).isEqualTo("V003__wrong.sql");
		assertThat(attempt.at("/run").asString()).isEqualTo(failed.json().at("/run").asString());
	}

	@Test
	void hasARowForEachAttemptOfAFileThatWaitedForALock() throws Exception {
		migrate();
		this.platform.service("stock", "tables: [stock]", "lock_timeout: 200ms")
			.migration("stock", "V003__add.sql", "ALTER TABLE stock ADD x int;");
		try (Connection holder = this.database.connect(); Statement statement = holder.createStatement()) {
			holder.setAutoCommit(false);
			statement.execute("LOCK TABLE stock.stock");
			CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(this::migrate);
			await().until(() -> !this.database.query(
					"SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
				.isEmpty());
			// What waits first only looks for drift, and gives up soon.
			Thread.sleep(800);
			holder.rollback();
			assertThat(run.join().code()).as(run.join().err()).isZero();
		}
		assertThat(
				this.database.query("SELECT success || ' ' || coalesce(split_part(error_message, chr(10), 1), '-') FROM"
						+ " skein.schema_migrations WHERE version = '003' ORDER BY success"))
			.startsWith("false canceling statement due to lock timeout")
			.endsWith("true -");
	}

	@ParameterizedTest
	@ValueSource(strings = { "UPDATE skein.schema_migrations SET success = true", "DELETE FROM skein.schema_migrations",
			"TRUNCATE skein.schema_migrations" })
	void isAppendOnlyEvenForItsOwner(String change) {
		migrate();
		assertThatThrownBy(() -> this.database.execute(change)).rootCause()
			.hasMessageContaining("ledger \"skein.schema_migrations\" is append-only: "
					+ change.substring(0, change.indexOf(" ")) + " is refused");
	}

	@Test
	void writesNothingWhereThereIsNothingToDo() {
		migrate();
		migrate();
		assertThat(this.database.query("SELECT count(*) FROM skein.runs")).containsExactly("1");
	}

	@Test
	void recordsWhatWasDroppedAndByWhom() {
		migrate();
		this.database.execute("CREATE TABLE stock.left_over ()");
		String name = this.database.settings().database();
		assertThat(on(this.database, this.platform, "prune", "--confirm", name).code()).isZero();
		assertThat(on(this.database, this.platform, "reset", "--confirm", name).code()).isZero();
		assertThat(this.database.query("SELECT command || ' ' || outcome FROM skein.runs ORDER BY started_at"))
			.containsExactly("migrate applied", "prune applied", "clean applied", "migrate applied");
		assertThat(this.database.query("SELECT DISTINCT os_user || ' ' || process_id FROM skein.runs"))
			.containsExactly(System.getProperty("user.name") + " " + ProcessHandle.current().pid());
	}

	@Test
	void marksARunThatWasKilledWhenTheNextOneComes() {
		migrate();
		this.database.execute("UPDATE skein.runs SET ended_at = NULL, outcome = NULL");
		this.platform.migration("stock", "V003__more.sql", "SELECT 1;");
		migrate();
		assertThat(this.database.query("SELECT outcome FROM skein.runs ORDER BY started_at"))
			.containsExactly("interrupted", "applied");
		assertThat(this.database.query("SELECT process_id FROM skein.migration_locks")).isEmpty();
	}

	@Test
	void showsTheLastRunInTheStatus() {
		assertThat(on(this.database, this.platform, "status", "--output", "json").json().at("/lastRun").isNull())
			.isTrue();
		String run = migrate().json().at("/run").asString();
		JsonNode lastRun = on(this.database, this.platform, "status", "--output", "json").json().at("/lastRun");
		assertThat(lastRun.at("/run").asString()).isEqualTo(run);
		assertThat(lastRun.at("/command").asString()).isEqualTo("migrate");
		assertThat(lastRun.at("/outcome").asString()).isEqualTo("applied");
	}

	@Test
	void showsAHistoryForPeople() {
		assertThat(on(this.database, this.platform, "history").out()).isEqualTo("Nothing yet.\n");
		migrate();
		List<String> lines = on(this.database, this.platform, "history", "--limit", "2").out().lines().toList();
		assertThat(lines).hasSize(3);
		assertThat(lines.get(0).split("\\s+", -1)).containsExactly("", "AT", "SERVICE", "FILE", "OUTCOME", "TIME", "BY",
				"ERROR");
		assertThat(lines.get(1)).contains("stock", "R__view.sql", "applied", "postgres");
	}

	@Test
	void tellsServicesTheirVersionAndRefusesAnOlderOne() {
		migrate();
		assertThat(this.database.query("SELECT skein.get_current_schema_version('stock')")).containsExactly("002");
		assertThat(this.database.query("SELECT skein.get_current_schema_version('nobody')")).containsExactly("null");
		assertThat(this.database.query("SELECT count(*) FROM skein.get_migration_history('stock')"))
			.containsExactly("3");
		assertThat(this.database.query("SELECT count(*) FROM skein.get_migration_history()")).containsExactly("3");
		this.database.execute("SELECT skein.assert_schema_version('stock', '1')");
		this.database.execute("SELECT skein.assert_schema_version('stock', '2.0')");
		String name = this.database.settings().database();
		assertThatThrownBy(() -> this.database.execute("SELECT skein.assert_schema_version('stock', '10')")).rootCause()
			.hasMessage("ERROR: service \"stock\" is at version 002 in database \"" + name
					+ "\", but version 10 is required\n  Hint: run: skein migrate --only stock\n"
					+ "  Where: PL/pgSQL function skein.assert_schema_version(text,text) line 11 at RAISE")
			.hasFieldOrPropertyWithValue("SQLState", "SK001");
		assertThatThrownBy(() -> this.database.execute("SELECT skein.assert_schema_version('nobody', '1')")).rootCause()
			.hasMessageContaining(
					"service \"nobody\" has no schema in database \"" + name + "\", but version 1 is required");
	}

	@Test
	void answersPeopleWhoseSearchPathHasItAlsoWherePublicMayRunNoNewFunctions() throws SQLException {
		this.database.execute("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC");
		this.platform.service("orders", "tables: [orders]")
			.migration("orders", "V001__orders.sql", "CREATE TABLE orders (id int);")
			.migration("orders", "V002__more.sql", "SELECT 1;")
			.migration("orders", "U002__more.sql", "SELECT 1;");
		migrate();
		this.platform.migration("stock", "R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 2 AS v;");
		this.database.execute("DROP VIEW stock.v");
		migrate().succeeded();
		on(this.database, this.platform, "rollback", "--to", "orders@001", "--confirm",
				this.database.settings().database())
			.succeeded();
		String role = this.database.settings().database() + "_person";
		this.database.execute("CREATE ROLE " + role + "; ALTER DATABASE " + this.database.settings().database()
				+ " SET search_path = \"$user\", public, skein");
		try (Connection person = this.database.connect(); Statement statement = person.createStatement()) {
			statement.execute("SET ROLE " + role);
			assertThat(answer(statement, "SELECT get_current_schema_version();")).isEqualTo("orders@001, stock@002");
			assertThat(answer(statement,
					"SELECT string_agg(name || ' ' || (executed_at > now() - interval '1 hour'), ', ' ORDER BY id)"
							+ " FROM migrations WHERE name NOT LIKE 'V001%'"))
				.isEqualTo("V002__index true, R__view true");
			assertThat(answer(statement, "SELECT count(*) FROM migrations")).isEqualTo("4");
			assertThat(answer(statement, "SELECT count(*) FROM get_migration_history() JOIN migrations USING (id)"))
				.isEqualTo("4");
			statement.execute("SELECT assert_schema_version('stock', '002')");
			assertThatThrownBy(() -> statement.execute("SELECT assert_schema_version(NULL, '1')"))
				.hasMessageContaining("service \"<NULL>\" has no schema in database");
		}
		finally {
			this.database.execute("DROP ROLE " + role);
		}
	}

	private static String answer(Statement statement, String sql) throws SQLException {
		try (ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

	@Test
	void answersServicesThatHaveNoRightsOnTheLedger() {
		migrate();
		String role = this.database.settings().database() + "_service";
		this.database.execute("CREATE ROLE " + role);
		try {
			this.database.execute("SET ROLE " + role + "; SELECT skein.assert_schema_version('stock', '002')");
			assertThatThrownBy(
					() -> this.database.execute("SET ROLE " + role + "; SELECT * FROM skein.schema_migrations"))
				.rootCause()
				.hasMessageContaining("permission denied");
		}
		finally {
			this.database.execute("DROP ROLE " + role);
		}
	}

	private CommandRun migrate() {
		return on(this.database, this.platform, "migrate", "--output", "json");
	}

}
