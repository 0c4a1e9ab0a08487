package dev.skein;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.cli.Backend;
import dev.skein.migration.CatalogSnapshot;
import dev.skein.migration.Isolation;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.RunListener;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;

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
		assertThat(atOnce.query(HISTORY)).hasSizeGreaterThan(13).isEqualTo(byFlyway.query(HISTORY));
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

	private static CatalogSnapshot prepared(TestDatabase database, Consumer<Backend.Platform> work) {
		Backend.Platform platform = new Application().connect(database.settings(), Duration.ZERO, false, (line) -> {
		});
		try (PlatformDatabase connected = platform.database()) {
			connected.prepare(List.of(connected.ledger().definition()), Isolation.NONE);
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
