package dev.skein.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.Attempt;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.MigrationError;
import dev.skein.migration.Notice;
import dev.skein.migration.NoticeJson;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.RunCommand;
import dev.skein.migration.RunKey;
import dev.skein.migration.RunOrigin;
import dev.skein.migration.Secret;
import dev.skein.postgres.Postgres;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The notices of attempts in the ledger.
 */
class LedgerNoticesTests {

	private static final List<Notice> NOTICES = List.of(
			new Notice("NOTICE", "00000", "moved \"42\" rows\n\u001B[2J'", false),
			new Notice("WARNING", "01000", "two are left", true));

	private final TestDatabase database = TestServer.freshDatabase();

	private final RunKey run = new RunKey(UUID.randomUUID(), new Secret("key"));

	@TempDir
	Path folder;

	private PlatformFolder platform;

	private PlatformDatabase opened;

	@BeforeEach
	void beginARun() {
		this.platform = new PlatformFolder(this.folder).service("stock").migration("stock", "V1__one.sql", "SELECT 1;");
		CommandRun.on(this.database, this.platform, "migrate").succeeded();
		this.opened = Postgres.connect(this.database.settings(), Duration.ZERO, false, (line) -> {
		});
		this.opened.ledger().begin(this.run, RunCommand.MIGRATE, RunOrigin.here(), List.of(service()));
	}

	@AfterEach
	void close() {
		this.opened.close();
	}

	@Test
	void areKeptOfASuccess() {
		this.database.execute("SELECT " + success() + ", 'migrate', '"
				+ String.valueOf(NoticeJson.of(NOTICES)).replace("'", "''") + "')");
		assertThat(newest().success()).isTrue();
		assertThat(newest().notices()).isEqualTo(NOTICES);
	}

	@Test
	void areNoneOfASuccessThatARunOfAnOlderSkeinRecords() {
		this.database.execute("SELECT " + success() + ", 'migrate')");
		assertThat(newest().notices()).isEmpty();
		assertThat(this.database.query("SELECT count(*) FROM skein.schema_migrations WHERE notices IS NULL"))
			.containsExactly("2");
	}

	/** A service may learn its own token. */
	@ParameterizedTest
	@ValueSource(strings = { "'1', 'V1__one.sql', 5, 7, 'undo'", "'2', 'V1__one.sql', 5, 7, 'migrate'",
			"NULL, 'V1__one.sql', 5, 7, 'migrate'", "'1', 'V1__one.sql', 6, 7, 'migrate'",
			"'1', 'V2__two.sql', 5, 7, 'migrate'" })
	void areNotRecordedWithATokenForAnotherKindVersionOrChecksum(String row) {
		assertThatThrownBy(() -> this.database.execute(
				"SELECT " + success().replaceFirst("'stock', .*", Matcher.quoteReplacement("'stock', " + row + ")"))))
			.hasStackTraceContaining("permission denied to record a success in the ledger");
	}

	@Test
	void areKeptOfAFailure() {
		fail(NOTICES);
		assertThat(newest().success()).isFalse();
		assertThat(newest().notices()).isEqualTo(NOTICES);
	}

	@Test
	void areAListWhoeverWritesThem() {
		assertThatThrownBy(() -> this.database.execute("SELECT " + success() + ", 'migrate', '{}')"))
			.hasStackTraceContaining("violates check constraint \"schema_migrations_notices_check\"");
	}

	@Test
	void areCountedAndInTheJsonOfTheHistory() {
		fail(NOTICES);
		CommandRun text = CommandRun.on(this.database, this.platform, "history");
		assertThat(text.out().lines().map((line) -> line.replaceAll("^ \\S{20,}", " AT").replaceAll(" +", " ")))
			.containsExactly(" AT SERVICE FILE OUTCOME TIME BY NOTICES ERROR",
					" AT stock V1__one.sql failed 7 ms postgres 2 notices, 1 warning gone",
					" AT stock V1__one.sql applied "
							+ this.opened.ledger().history(null, false, 2).get(1).executionMillis() + " ms postgres");
		CommandRun json = CommandRun.on(this.database, this.platform, "history", "--output", "json");
		assertThat(json.json().at("/attempts/0/notices/1").toString()).isEqualTo(
				"{\"severity\":\"WARNING\",\"sqlState\":\"01000\",\"message\":\"two are left\",\"warning\":true}");
		assertThat(json.json().at("/attempts/1/notices").toString()).isEqualTo("[]");
	}

	@Test
	void haveNoColumnInAHistoryWithoutAny() {
		assertThat(CommandRun.on(this.database, this.platform, "history").out()).doesNotContain("NOTICES");
	}

	@Test
	void areInTheHistoryThatServicesRead() {
		fail(NOTICES);
		assertThat(this.database
			.query("SELECT notices->1->>'message' FROM skein.get_migration_history('stock') WHERE NOT success"))
			.containsExactly("two are left");
	}

	private String success() {
		return "skein.record_success('" + this.run.run() + "', '"
				+ this.run.token("stock", "V1__one.sql", AttemptKind.MIGRATE, "1", 5).value()
				+ "', 'stock', '1', 'V1__one.sql', 5, 7";
	}

	private void fail(List<Notice> notices) {
		MigrationError error = new MigrationError("V1__one.sql", null, null, null, "gone", "look");
		this.opened.ledger()
			.failed(this.run.run(), service(), AttemptKind.MIGRATE,
					new MigrationEngine.FailedAttempt(error, 7, notices));
	}

	private Attempt newest() {
		return this.opened.ledger().history(null, false, 1).get(0);
	}

	private ServiceDefinition service() {
		return this.platform.catalog().services().iterator().next();
	}

}
