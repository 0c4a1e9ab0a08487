package dev.skein.flyway;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.Notice;
import dev.skein.migration.RunListener;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.jdbc.PgConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class FileNoticesTests implements RunListener {

	private static final String MANY = "DO $$ BEGIN FOR i IN 1..10000 LOOP RAISE NOTICE 'row %', i; END LOOP; END $$";

	private final TestDatabase database = TestServer.freshDatabase();

	private final List<String> told = Collections.synchronizedList(new ArrayList<>());

	private Connection connection;

	private FileNotices notices;

	@BeforeEach
	void connect(@TempDir Path folder) throws SQLException {
		ServiceDefinition service = new PlatformFolder(folder).service("s")
			.migration("s", "V1__one.sql", "SELECT 1;")
			.catalog()
			.services()
			.iterator()
			.next();
		this.notices = new FileNotices(service, service.versioned().get(0), this);
		this.connection = this.database.connect();
	}

	@AfterEach
	void disconnect() throws SQLException {
		this.connection.close();
	}

	@Override
	public void noticed(ServiceDefinition service, Migration migration, Notice notice) {
		this.told.add(service.name() + " " + migration.script().name() + " " + notice.message());
	}

	@Test
	void tellsWhatAStatementSaysWhileItRuns() throws SQLException {
		try (Connection other = this.database.connect(); Statement lock = other.createStatement()) {
			lock.execute("SELECT pg_advisory_lock(7)");
			CompletableFuture<Void> file = CompletableFuture.runAsync(() -> hear(
					"DO $$ BEGIN RAISE NOTICE 'begun'; PERFORM pg_advisory_lock(7);" + " RAISE NOTICE 'done'; END $$"));
			await().atMost(Duration.ofSeconds(20)).until(() -> !this.told.isEmpty());
			assertThat(file).isNotDone();
			assertThat(this.told).containsExactly("s V1__one.sql begun");
			lock.execute("SELECT pg_advisory_unlock(7)");
			file.join();
		}
		assertThat(this.told).containsExactly("s V1__one.sql begun", "s V1__one.sql done");
		assertThat(this.notices.kept()).containsExactly(new Notice("NOTICE", "00000", "begun", false),
				new Notice("NOTICE", "00000", "done", false));
	}

	@Test
	void keepsAHundredAndSaysHowManyItLeftOut() {
		hear(MANY);
		assertThat(this.told).hasSize(10000);
		assertThat(this.notices.kept()).hasSize(101)
			.startsWith(new Notice("NOTICE", "00000", "row 1", false))
			.endsWith(new Notice("NOTICE", "00000", "row 100", false),
					new Notice("NOTICE", "00000", "9900 more left out", false));
	}

	@Test
	void keepsAWarningInThePlaceOfANotice() {
		hear(MANY);
		hear("DO $$ BEGIN FOR i IN 1..2 LOOP RAISE WARNING 'look %', i; END LOOP; END $$");
		assertThat(this.notices.kept()).hasSize(101)
			.contains(new Notice("NOTICE", "00000", "row 98", false))
			.endsWith(new Notice("WARNING", "01000", "look 1", true), new Notice("WARNING", "01000", "look 2", true),
					new Notice("NOTICE", "00000", "9902 more left out", false));
		hear("DO $$ BEGIN FOR i IN 1..100 LOOP RAISE WARNING 'more %', i; END LOOP; END $$");
		assertThat(this.notices.kept()).hasSize(101)
			.doesNotContain(new Notice("NOTICE", "00000", "row 1", false))
			.endsWith(new Notice("NOTICE", "00000", "10002 more left out, 2 of them warnings", true));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					CREATE TABLE IF NOT EXISTS t (i int)                    | 42P07 | relation "t" already exists, skipping
					CREATE INDEX IF NOT EXISTS t_i ON t (i)                 | 42P07 | relation "t_i" already exists, skipping
					CREATE SCHEMA IF NOT EXISTS a                           | 42P06 | schema "a" already exists, skipping
					ALTER TABLE t ADD COLUMN IF NOT EXISTS i int            | 42701 | column "i" of relation "t" already exists, skipping
					CREATE EXTENSION IF NOT EXISTS plpgsql                  | 42710 | extension "plpgsql" already exists, skipping
					DROP TABLE t CASCADE                                    | 00000 | drop cascades to view v
					DO $$ BEGIN RAISE WARNING 'two are left'; END $$        | 01000 | two are left
					DO $$ BEGIN RAISE WARNING 'odd' USING ERRCODE = 'SK009'; END $$ | SK009 | odd
					ROLLBACK                                                | 25P01 | there is no transaction in progress
					""")
	void tellsAsAWarningWhatAFileDidNotDoOrDidBesides(String sql, String state, String message) {
		execute("CREATE TABLE t (i int); CREATE INDEX t_i ON t (i); CREATE VIEW v AS SELECT * FROM t; CREATE SCHEMA a");
		hear(sql);
		assertThat(this.notices.kept()).singleElement().satisfies((notice) -> {
			assertThat(notice.sqlState()).isEqualTo(state);
			assertThat(notice.message()).isEqualTo(message);
			assertThat(notice.isWarning()).isTrue();
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			DROP TABLE IF EXISTS gone CASCADE                       | NOTICE | table "gone" does not exist, skipping
			DO $$ BEGIN RAISE NOTICE '42 rows'; END $$              | NOTICE | 42 rows
			DO $$ BEGIN RAISE INFO 'half way'; END $$               | INFO   | half way
			""")
	void tellsAsNoWarningWhatIsNone(String sql, String severity, String message) {
		hear(sql);
		assertThat(this.notices.kept()).containsExactly(new Notice(severity, "00000", message, false));
	}

	@Test
	void namesAllObjectsThatACascadeDrops() {
		execute("CREATE TABLE t (i int); CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w AS SELECT * FROM t");
		hear("DROP TABLE t CASCADE");
		assertThat(this.notices.kept()).containsExactly(new Notice("NOTICE", "00000",
				"drop cascades to 2 other objects\ndrop cascades to view v\ndrop cascades to view w", true));
	}

	@Test
	void cutsALongMessageBetweenCharacters() {
		hear("DO $$ BEGIN RAISE NOTICE '%', repeat('a', 998) || repeat('😀', 9); END $$");
		assertThat(this.notices.kept()).extracting(Notice::message).containsExactly("a".repeat(998) + "…");
	}

	private void hear(String sql) {
		try {
			new ScriptMessage(this.notices::hear).send(this.connection.unwrap(PgConnection.class), sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

	private void execute(String sql) {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

}
