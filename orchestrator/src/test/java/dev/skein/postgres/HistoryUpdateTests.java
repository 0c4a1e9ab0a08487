package dev.skein.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.Version;
import dev.skein.migration.AppliedMigration;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.HistoryChange;
import dev.skein.migration.PlatformDatabase;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HistoryUpdateTests {

	private static final SchemaName STOCK = new SchemaName("stock");

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	@Test
	void changesAllRowsOrNone() {
		PlatformFolder platform = new PlatformFolder(this.folder).service("stock")
			.migration("stock", "V1__one.sql", "SELECT 1;");
		assertThat(CommandRun.on(this.database, platform, "migrate").code()).isZero();
		List<String> before = this.database.query("SELECT t::text FROM stock.flyway_schema_history t");
		platform.migration("stock", "V1__one.sql", "SELECT 2;");
		Migration file = platform.catalog().services().iterator().next().versioned().get(0);
		HistoryChange possible = new HistoryChange(HistoryChange.Action.CHECKSUM, row(1, "V1__one.sql"), file);
		HistoryChange late = new HistoryChange(HistoryChange.Action.DELETED, row(7, "V7__gone.sql"), null);
		try (PlatformDatabase open = Postgres.connect(this.database.settings(), Duration.ZERO, false, (line) -> {
		})) {
			assertThatExceptionOfType(CannotStartException.class)
				.isThrownBy(() -> open.repair(STOCK, List.of(possible, late)))
				.withMessage("the history of schema \"stock\" changed meanwhile: the row of \"V7__gone.sql\" is gone");
			assertThat(this.database.query("SELECT t::text FROM stock.flyway_schema_history t")).isEqualTo(before);
			open.repair(STOCK, List.of(possible));
		}
		assertThat(this.database.query("SELECT checksum FROM stock.flyway_schema_history"))
			.containsExactly(String.valueOf(file.script().checksum()));
	}

	private static AppliedMigration row(int rank, String script) {
		return new AppliedMigration(rank, Version.of(String.valueOf(rank)), "one", "SQL", script, 1, LocalDateTime.MIN,
				true);
	}

}
