package dev.skein;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.cli.Backend;
import dev.skein.flyway.QuietLog;
import dev.skein.migration.CatalogSnapshot;
import dev.skein.migration.Isolation;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.RunListener;
import dev.skein.postgres.Postgres;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FreshLedgerTests {

	private static final String HISTORY = """
			SELECT row_to_json(h)::jsonb - '{installed_on,execution_time}'::text[]
			FROM skein.flyway_schema_history h ORDER BY installed_rank""";

	/**
	 * The day this fails, Flyway writes its history in another way.
	 */
	@Test
	void isTheOneThatFlywayMakesFileByFile() {
		TestDatabase atOnce = TestServer.freshDatabase();
		TestDatabase byFlyway = TestServer.freshDatabase();
		CatalogSnapshot made = prepared(atOnce,
				(platform) -> assertThat(platform.database().ledger().create()).isTrue());
		CatalogSnapshot applied = prepared(byFlyway, FreshLedgerTests::migrate);
		assertThat(made).isEqualTo(applied);
		assertThat(atOnce.query(HISTORY)).hasSizeGreaterThan(15).isEqualTo(byFlyway.query(HISTORY));
	}

	@Test
	void isMadeWholeOrNotAtAll() {
		TestDatabase database = TestServer.freshDatabase();
		CatalogSnapshot found = prepared(database, (platform) -> {
			database.execute("CREATE TABLE skein.releases (mine int)");
			assertThat(platform.database().ledger().create()).isFalse();
			database.execute("DROP TABLE skein.releases");
		});
		assertThat(found).isEqualTo(prepared(TestServer.freshDatabase(), (platform) -> {
		}));
		assertThat(database.query(HISTORY)).isEmpty();
		assertThat(prepared(database, FreshLedgerTests::migrate)).isNotEqualTo(found);
	}

	/**
	 * Who used Skein before its first release has a ledger of other files, here as test
	 * resources.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "014", "016", "019", "025" })
	void takesThePlaceOfOneFromBeforeTheFirstRelease(String last, @TempDir Path folder) {
		TestDatabase before = TestServer.freshDatabase();
		prepared(before,
				(platform) -> Flyway.configure()
					.loggers(QuietLog.class.getName())
					.dataSource(Postgres.dataSource(before.settings()))
					.schemas("skein")
					.locations("classpath:dev/skein/postgres/unreleased-ledger")
					.target(last)
					.load()
					.migrate());
		before.execute("""
				INSERT INTO skein.runs (id, command, os_user, host, process_id, skein_version)
				VALUES (gen_random_uuid(), 'migrate', 'ci', 'ci', 1, '0.1.0-SNAPSHOT');
				INSERT INTO skein.schema_migrations (service, filename, execution_time_ms, success, error_message, run)
				SELECT 'stock', 'V000__gone.sql', 1, false, 'Key (id)=(7)', id FROM skein.runs""");
		PlatformFolder platform = new PlatformFolder(folder).service("stock", "tables: [stock]")
			.migration("stock", "V001__stock.sql", "CREATE TABLE stock (id int);");
		assertThat(CommandRun.on(before, platform, "history", "--output", "json")
			.json()
			.at("/attempts/0/errorMessage")
			.asString()).isEqualTo("Key (id)=(7)");
		assertThat(CommandRun.on(before, platform, "migrate").code()).isZero();
		TestDatabase fresh = TestServer.freshDatabase();
		assertThat(CommandRun.on(fresh, platform, "migrate").code()).isZero();
		assertThat(before.query(HISTORY)).isEqualTo(fresh.query(HISTORY));
		assertThat(connected(before, (database) -> {
		})).isEqualTo(connected(fresh, (database) -> {
		}));
		assertThat(before.query("SELECT outcome || ' ' || filename FROM skein.schema_migrations m"
				+ " JOIN skein.runs r ON r.id = m.run ORDER BY m.id"))
			.containsExactly("interrupted V000__gone.sql", "applied V001__stock.sql");
		assertThat(before.query("SELECT readers || ': ' || message FROM skein.failure_details"))
			.isEqualTo(last.equals("025") ? List.of() : List.of("stock_app: Key (id)=(7)"));
		assertThat(before.query("SELECT error_message FROM skein.schema_migrations WHERE NOT success")).containsExactly(
				last.equals("025") ? "Key (id)=(7)" : "failed; what was said of it is in skein.failure_details");
	}

	private static CatalogSnapshot prepared(TestDatabase database, Consumer<Backend.Platform> work) {
		return connected(database, (platform) -> {
			platform.database().prepare(List.of(platform.database().ledger().definition()), Isolation.NONE);
			work.accept(platform);
		});
	}

	private static CatalogSnapshot connected(TestDatabase database, Consumer<Backend.Platform> work) {
		Backend.Platform platform = new Application().connect(database.settings(), Duration.ZERO, false, (line) -> {
		});
		try (PlatformDatabase connected = platform.database()) {
			work.accept(platform);
			return connected.snapshot(List.of(SchemaName.LEDGER));
		}
	}

	private static void migrate(Backend.Platform platform) {
		ServiceDefinition ledger = platform.database().ledger().definition();
		try (MigrationEngine.Worker worker = platform.engine().open()) {
			assertThat(worker.apply(ledger, ledger.versioned(), null, RunListener.SILENT).error()).isNull();
		}
	}

}
