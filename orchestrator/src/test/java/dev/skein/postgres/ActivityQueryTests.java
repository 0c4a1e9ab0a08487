package dev.skein.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import dev.skein.migration.Activity;
import dev.skein.migration.PlatformDatabase;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ActivityQueryTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void draw() {
		this.platform = new PlatformFolder(this.folder).service("stock", "tables: [stock]")
			.migration("stock", "V1__stock.sql", "CREATE TABLE stock (id int);");
	}

	@Test
	void isNothingWithoutALedger() {
		assertThat(read()).isEqualTo(Activity.NONE);
	}

	@Test
	void tellsOfTheRunThatWaitsForALockAndOfTheRunThatWaitsForIt() throws Exception {
		CommandRun.on(this.database, this.platform, "migrate");
		assertThat(read().running()).isNull();
		assertThat(read().lastSuccess()).isNotNull();
		this.platform.migration("stock", "V2__column.sql", "ALTER TABLE stock ADD COLUMN place text;");
		CompletableFuture<CommandRun> first;
		CompletableFuture<CommandRun> second;
		try (Connection connection = this.database.connect(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("SELECT * FROM stock.stock");
			first = migrate();
			await().until(() -> read().running() != null);
			second = migrate();
			await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
				Activity activity = read();
				assertThat(Objects.requireNonNull(activity.running()).command()).isEqualTo("migrate");
				assertThat(Objects.requireNonNull(activity.lastRun()).outcome()).isEqualTo("applied");
				assertThat(activity.waitingRuns()).isEqualTo(1);
				assertThat(activity.lockWait()).isPositive();
			});
		}
		assertThat(first.join().code()).isZero();
		assertThat(second.join().code()).isZero();
		assertThat(read().running()).isNull();
		assertThat(read().waitingRuns()).isZero();
		assertThat(read().lockWait()).isZero();
	}

	@Test
	void doesNotTakeARunThatWasKilledForOneThatGoesOn() {
		CommandRun.on(this.database, this.platform, "migrate");
		this.database.execute("UPDATE skein.runs SET ended_at = NULL, outcome = NULL, duration_ms = NULL");
		assertThat(read().running()).isNull();
		assertThat(Objects.requireNonNull(read().lastRun()).outcome()).isNull();
	}

	@Test
	void tellsAlsoAUserWithoutRightsToStatisticsHowLongAServiceWaits() throws Exception {
		CommandRun.on(this.database, this.platform, "migrate");
		String reader = "reader_" + this.database.settings().database();
		this.database.execute("CREATE ROLE " + reader + " LOGIN; GRANT USAGE ON SCHEMA skein TO " + reader
				+ "; GRANT SELECT ON ALL TABLES IN SCHEMA skein TO " + reader);
		this.platform.migration("stock", "V2__column.sql", "ALTER TABLE stock ADD COLUMN place text;");
		CompletableFuture<CommandRun> run;
		try (Connection connection = this.database.connect(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("SELECT * FROM stock.stock");
			run = migrate();
			await().atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(read(this.database.as(reader, "")).lockWait()).isPositive());
		}
		assertThat(run.join().code()).isZero();
	}

	private CompletableFuture<CommandRun> migrate() {
		return CompletableFuture.supplyAsync(() -> CommandRun.on(this.database, this.platform, "migrate"));
	}

	private Activity read() {
		return read(this.database);
	}

	private static Activity read(TestDatabase database) {
		try (PlatformDatabase open = Postgres.connect(database.settings(), Duration.ZERO, false, (line) -> {
		})) {
			return open.ledger().activity();
		}
	}

}
