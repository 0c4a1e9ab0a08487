package dev.skein.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.skein.testing.CommandRun.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is left of an interrupted statement outside a transaction, and what the next run
 * makes of it.
 */
class ConcurrentBuildTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	@TempDir
	Path output;

	PlatformFolder platform;

	@BeforeEach
	void drawATable() {
		this.platform = new PlatformFolder(this.folder).service("s", "tables: [t]")
			.migration("s", "V1__t.sql", "CREATE TABLE t (x int);");
		assertThat(on(this.database, this.platform, "migrate").code()).isZero();
	}

	@Test
	void buildsAgainWhatAKilledRunLeftThoughTheFileSaysIfNotExists() throws Exception {
		this.platform.migration("s", "V2__i.sql", "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (x);");
		Process process;
		try (Connection other = readInTransaction("s.t")) {
			process = migrate();
			await().atMost(Duration.ofSeconds(60)).until(() -> !invalid().isEmpty());
			process.destroyForcibly().waitFor();
			await().atMost(Duration.ofSeconds(30))
				.until(() -> this.database
					.query("SELECT pid FROM pg_stat_progress_create_index WHERE datname = current_database()")
					.isEmpty());
		}
		assertThat(invalid()).containsExactly("i");
		assertThat(this.database.query("SELECT version FROM s.flyway_schema_history")).containsExactly("1");
		CommandRun next = on(this.database, this.platform, "migrate");
		assertThat(next.code()).as(next.out()).isZero();
		assertThat(next.err())
			.contains("Dropped index s.i, left by an attempt that did not end; its file runs again\n[1/1] s V2__i.sql");
		assertThat(invalid()).isEmpty();
		assertThat(this.database.query("SELECT to_regclass('s.i')")).containsExactly("s.i");
	}

	@Test
	void dropsWhatAReindexingLeftAndNamesAForeignInvalidIndexWithoutTouchingIt() {
		this.database.execute("CREATE INDEX theirs ON s.t (x); CREATE INDEX i_ccnew ON s.t (x);"
				+ " UPDATE pg_index SET indisvalid = false WHERE indrelid = 's.t'::regclass");
		this.platform.migration("s", "V2__v.sql", "VACUUM t;");
		CommandRun run = on(this.database, this.platform, "migrate");
		assertThat(run.err()).contains("""
				Dropped index s.i_ccnew, left by an attempt that did not end; its file runs again
				Left the invalid index s.theirs alone: no pending file builds it; rebuild it with: \
				REINDEX INDEX CONCURRENTLY s.theirs
				""");
		assertThat(invalid()).containsExactly("theirs");
		assertThat(this.database.query("SELECT version FROM s.flyway_schema_history ORDER BY 1")).containsExactly("1",
				"2");
	}

	@Test
	void takesAnInterruptedDetachingBackAndDetachesAgain() throws Exception {
		this.platform.service("s", "tables: [t, p, p1]")
			.migration("s", "V2__p.sql",
					"CREATE TABLE p (x int) PARTITION BY LIST (x); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1, 2);"
							+ " INSERT INTO p VALUES (1);");
		on(this.database, this.platform, "migrate");
		try (Connection other = readInTransaction("s.p");
				Connection one = this.database.connect();
				Statement statement = one.createStatement()) {
			statement.execute("SET statement_timeout = '500ms'");
			statement.execute("ALTER TABLE s.p DETACH PARTITION s.p1 CONCURRENTLY");
		}
		catch (SQLException ex) {
			assertThat(ex.getSQLState()).isEqualTo("57014");
		}
		assertThat(this.database.query("SELECT inhdetachpending FROM pg_inherits")).containsExactly("t");
		this.platform.migration("s", "V3__d.sql", "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY;");
		CommandRun next = on(this.database, this.platform, "migrate");
		assertThat(next.code()).as(next.out()).isZero();
		assertThat(next.err())
			.contains("Attached the partition s.p1 again, whose detaching was interrupted; it is detached again\n");
		assertThat(this.database.query("SELECT 1 FROM pg_inherits")).isEmpty();
		assertThat(this.database.query("SELECT x FROM s.p1")).containsExactly("1");
	}

	@Test
	void saysWhatAnEarlierAttemptMayHaveFinished() {
		this.platform.migration("s", "V2__i.sql", "CREATE INDEX CONCURRENTLY i ON t (x);");
		this.database.execute("CREATE INDEX i ON s.t (x)");
		CommandRun run = on(this.database, this.platform, "migrate");
		assertThat(run.code()).isOne();
		assertThat(run.out()).contains(
				"""
						  SQLSTATE  42P07
						  kind      idempotent: what the file makes is there already
						  message   relation "i" already exists
						  way out   the object exists already: find out who created it, then drop it or take its schema over with: \
						skein baseline SERVICE@VERSION; if an earlier attempt of this file did, drop it or write IF NOT EXISTS, then run again
						""");
	}

	@Test
	void warnsOfASlowFileAfterTheTimeGiven() {
		this.platform.migration("s", "V2__slow.sql", "SELECT pg_sleep(1);");
		CommandRun run = on(this.database, this.platform, "migrate", "--warn-after", "300ms");
		assertThat(run.code()).isZero();
		assertThat(run.err()).containsPattern("Slow: s V2__slow.sql runs for \\d{3} ms, waits for Timeout: PgSleep\n");
	}

	private Connection readInTransaction(String table) throws SQLException {
		Connection other = this.database.connect();
		other.setAutoCommit(false);
		// Only a transaction that keeps its snapshot stops a concurrent build.
		other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
		try (Statement statement = other.createStatement()) {
			statement.execute("LOCK TABLE " + table + " IN ACCESS SHARE MODE; SELECT * FROM " + table);
		}
		return other;
	}

	private List<String> invalid() {
		return this.database.query("SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
				+ " WHERE NOT indisvalid ORDER BY 1");
	}

	private Process migrate() throws Exception {
		ProcessBuilder builder = new ProcessBuilder(System.getProperty("java.home") + "/bin/java",
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), "dev.skein.Skein", "migrate",
				"--services", this.folder.toString(), "--no-builtin");
		builder.environment().put("SPRING_DATASOURCE_URL", this.database.url());
		builder.environment().put("SPRING_DATASOURCE_USERNAME", "postgres");
		return builder.redirectOutput(this.output.resolve("out").toFile())
			.redirectError(this.output.resolve("err").toFile())
			.start();
	}

}
