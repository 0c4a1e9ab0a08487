package dev.skein.flyway;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.Notice;
import dev.skein.migration.RunListener;
import dev.skein.postgres.Postgres;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What PostgreSQL says while files run reaches those who should know.
 */
class NoticesAreHeardTests {

	private static final String LEDGER = "SELECT filename || ' ' || success || ' ' || coalesce(notices::text, '-')"
			+ " FROM skein.schema_migrations ORDER BY id";

	private static final String ROWS = "{\"message\": \"moved 42 rows\", \"warning\": false, \"severity\": \"NOTICE\","
			+ " \"sqlState\": \"00000\"}";

	private static final String LEFT = "{\"message\": \"two are left\", \"warning\": true, \"severity\": \"WARNING\","
			+ " \"sqlState\": \"01000\"}";

	private static final String SKIPPED = "{\"message\": \"relation \\\"q\\\" already exists, skipping\","
			+ " \"warning\": true, \"severity\": \"NOTICE\", \"sqlState\": \"42P07\"}";

	private final TestDatabase database = TestServer.freshDatabase();

	private PlatformFolder platform;

	@BeforeEach
	void createAServiceThatSpeaks(@TempDir Path folder) {
		this.platform = new PlatformFolder(folder).service("a", "tables: [q]")
			.migration("a", "V001__q.sql", "CREATE TABLE q (i int);")
			.migration("a", "V002__again.sql", """
					CREATE TABLE IF NOT EXISTS q (i int, name text);
					DO $$ BEGIN RAISE NOTICE 'moved % rows', 42; RAISE WARNING 'two are left'; END $$;
					""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "roles", "none" })
	void inTheTextWithServiceAndFile(String isolation) {
		CommandRun run = migrate("--isolation", isolation);
		assertThat(run.code()).as(run.err() + run.out()).isZero();
		assertThat(run.err().lines().filter((line) -> line.contains(": a V"))).containsExactly(
				"NOTICE: a V002__again.sql: relation \"q\" already exists, skipping",
				"NOTICE: a V002__again.sql: moved 42 rows", "WARNING: a V002__again.sql: two are left");
		assertThat(run.out()).contains("""

				Warnings:
				  a V002__again.sql: relation "q" already exists, skipping
				  a V002__again.sql: two are left

				Applied 2 migrations in""");
	}

	@Test
	void asWarningsOnlyWhereTheRunIsQuiet() {
		CommandRun run = migrate("--quiet");
		assertThat(run.err()).doesNotContain("moved 42 rows").doesNotContain("two are left");
		assertThat(run.out()).contains("  a V002__again.sql: two are left\n").doesNotContain("moved 42 rows");
	}

	@ParameterizedTest
	@ValueSource(strings = { "roles", "none" })
	void inTheJsonAndTheLedger(String isolation) {
		CommandRun run = migrate("--isolation", isolation, "--output", "json");
		assertThat(run.json().at("/services/0/migrations/0/notices").toString()).isEqualTo("[]");
		assertThat(run.json().at("/services/0/migrations/1/notices").toString())
			.isEqualTo("[{\"severity\":\"NOTICE\",\"sqlState\":\"42P07\","
					+ "\"message\":\"relation \\\"q\\\" already exists, skipping\",\"warning\":true},"
					+ "{\"severity\":\"NOTICE\",\"sqlState\":\"00000\",\"message\":\"moved 42 rows\",\"warning\":false},"
					+ "{\"severity\":\"WARNING\",\"sqlState\":\"01000\",\"message\":\"two are left\",\"warning\":true}]");
		assertThat(this.database.query(LEDGER)).containsExactly("V001__q.sql true -",
				"V002__again.sql true [" + SKIPPED + ", " + ROWS + ", " + LEFT + "]");
	}

	@Test
	void ofAFileThatFailed() {
		this.platform.migration("a", "V003__wrong.sql",
				"DO $$ BEGIN RAISE NOTICE 'moved % rows', 42; RAISE WARNING 'two are left'; END $$;\nSELECT nonsense;");
		CommandRun run = migrate("--output", "json");
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.err()).contains("WARNING: a V003__wrong.sql: two are left\n");
		assertThat(run.json().at("/services/0/notices/0/message").asString()).isEqualTo("moved 42 rows");
		assertThat(run.json().at("/services/0/notices/1/message").asString()).isEqualTo("two are left");
		assertThat(this.database.query(LEDGER)).endsWith("V003__wrong.sql false [" + ROWS + ", " + LEFT + "]");
		assertThat(migrate().out()).contains("Warnings:\n  a V003__wrong.sql: two are left\n");
	}

	@Test
	void ofAFileOutsideATransaction() {
		this.platform.migration("a", "V003__index.sql", "CREATE INDEX CONCURRENTLY IF NOT EXISTS q_i ON q (i);")
			.migration("a", "V004__index.sql", "CREATE INDEX CONCURRENTLY IF NOT EXISTS q_i ON q (i);");
		assertThat(migrate().out()).contains("  a V004__index.sql: relation \"q_i\" already exists, skipping\n");
	}

	@Test
	void ofSeedsAndUndoScripts() {
		this.platform.migration("a", "U002__again.sql", "DO $$ BEGIN RAISE WARNING 'gone'; END $$;")
			.file("a/seeds/dev/1.sql", "DO $$ BEGIN RAISE WARNING 'sown'; END $$;");
		CommandRun seeded = migrate("--seed", "dev", "--output", "json");
		assertThat(seeded.json().at("/seeds/0/notices/0/message").asString()).isEqualTo("sown");
		CommandRun undone = CommandRun.on(this.database, this.platform, "rollback", "--steps", "1", "--confirm",
				String.valueOf(this.database.settings().database()));
		assertThat(undone.err()).contains("WARNING: a U002__again.sql: gone\n");
		assertThat(undone.out()).contains("\nWarnings:\n  a U002__again.sql: gone\n");
		assertThat(this.database.query(LEDGER)).last().asString().startsWith("U002__again.sql true [{");
	}

	@Test
	void whileTheFileRuns() throws Exception {
		this.platform.migration("a", "V003__long.sql",
				"DO $$ BEGIN RAISE NOTICE 'begun'; PERFORM pg_advisory_lock(4242); END $$;");
		this.database.execute("CREATE SCHEMA a; CREATE SCHEMA extensions");
		ServiceDefinition service = this.platform.catalog().services().iterator().next();
		List<String> told = new CopyOnWriteArrayList<>();
		MigrationEngine engine = new FlywayEngine(SessionSource.of(Postgres.dataSource(this.database.settings())));
		try (Connection other = this.database.connect();
				Statement lock = other.createStatement();
				MigrationEngine.Worker worker = engine.open()) {
			lock.execute("SELECT pg_advisory_lock(4242)");
			CompletableFuture<MigrationEngine.Result> run = CompletableFuture
				.supplyAsync(() -> worker.apply(service, service.versioned(), null, listener(told)));
			await().atMost(Duration.ofSeconds(20)).until(() -> told.contains("V003__long.sql begun"));
			assertThat(run).isNotDone();
			lock.execute("SELECT pg_advisory_unlock(4242)");
			assertThat(run.join().error()).isNull();
		}
		assertThat(told).containsOnlyOnce("V003__long.sql begun");
	}

	private static RunListener listener(List<String> told) {
		return new RunListener() {

			@Override
			public void noticed(ServiceDefinition service, Migration migration, Notice notice) {
				told.add(migration.script().name() + " " + notice.message());
			}

		};
	}

	private CommandRun migrate(String... options) {
		String[] arguments = new String[options.length + 1];
		arguments[0] = "migrate";
		System.arraycopy(options, 0, arguments, 1, options.length);
		return CommandRun.on(this.database, this.platform, arguments);
	}

}
