package dev.skein.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import dev.skein.catalog.Location;
import dev.skein.catalog.SqlScript;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * The kinds of statements that PostgreSQL refuses in a transaction, and how each is found
 * out: by its words before a run, or by what it is about, which the server alone knows.
 */
class OutsideTransactionTests {

	private static final String HINT = "this statement cannot run in a transaction: begin the file with the line --"
			+ " transaction: none, and move what must not be half done into a file of its own";

	private static final String TABLES = """
			CREATE TABLE parted (id int) PARTITION BY RANGE (id);
			CREATE TABLE part PARTITION OF parted FOR VALUES FROM (1) TO (9);
			CREATE INDEX parted_idx ON parted (id);
			CREATE TABLE plain (id int);
			CREATE INDEX plain_idx ON plain (id);
			""";

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "VACUUM | words", "VACUUM plain | words", "VACUUM (FULL) plain | words",
					"CREATE INDEX CONCURRENTLY i ON plain (id) | words",
					"CREATE UNIQUE INDEX CONCURRENTLY ON plain (id) | words",
					"DROP INDEX CONCURRENTLY plain_idx | words", "REINDEX INDEX CONCURRENTLY plain_idx | words",
					"REINDEX TABLE CONCURRENTLY plain | words", "REINDEX (CONCURRENTLY) TABLE plain | words",
					"REINDEX SCHEMA public | words", "REINDEX DATABASE | words", "REINDEX SYSTEM | words",
					"ALTER TABLE parted DETACH PARTITION part CONCURRENTLY | words", "CREATE DATABASE never | words",
					"DROP DATABASE never | words", "CREATE TABLESPACE never LOCATION '/never' | words",
					"DROP TABLESPACE never | words", "ALTER SYSTEM SET work_mem = '5MB' | words", "DISCARD ALL | words",
					"CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1 port=1' PUBLICATION p | words",
					"REINDEX TABLE parted | server", "REINDEX INDEX parted_idx | server", "CLUSTER | server",
					"CLUSTER parted USING parted_idx | server", "COMMIT PREPARED 'never' | words or refused",
					"ROLLBACK PREPARED 'never' | words or refused" })
	void isRefusedByPostgresAndKnownByItsWordsOrFoundOutByTheServer(String sql, String how) throws SQLException {
		this.database.execute(TABLES);
		try (Connection connection = this.database.connect(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("SELECT 1");
			statement.execute(sql);
			fail("not refused: " + sql);
		}
		catch (SQLException ex) {
			assertThat(ex.getSQLState()).as(ex.getMessage()).isEqualTo("25001");
		}
		String words = SqlScript.of("x", new Location("x", 0), sql + ";").statements().get(0).outsideTransaction();
		switch (how) {
			case "words" -> assertThat(words).isNotNull();
			case "server" -> assertThat(migrate(sql)).isEqualTo("25001 " + HINT);
			default -> assertThat(platform(sql).objections()).contains("ends its transaction itself");
		}
	}

	@Test
	void tellsSetTransactionAfterAQueryApart() {
		assertThat(migrate("SELECT 1; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
			.isEqualTo("25001 SET TRANSACTION must be the first statement of the file: move it there");
	}

	@Test
	void tellsTheLongWayToAConcurrentIndexOfAPartitionedTable() {
		PlatformFolder platform = new PlatformFolder(this.folder).service("a", "tables: [parted, plain]")
			.migration("a", "V1__x.sql", TABLES)
			.migration("a", "V2__x.sql", "CREATE INDEX CONCURRENTLY i ON parted (id);");
		String way = "0A000 on a partitioned table, write CREATE INDEX name ON ONLY table in one file, CREATE INDEX"
				+ " CONCURRENTLY for each partition in later ones, and ALTER INDEX name ATTACH PARTITION with each of these in"
				+ " a last file, which makes the first index valid";
		assertThat(error(platform, this.database)).isEqualTo(way);
		platform.migration("a", "V2__x.sql", "DROP INDEX CONCURRENTLY parted_idx;");
		assertThat(error(platform, this.database)).isEqualTo("0A000 the index of a partitioned table cannot be dropped"
				+ " concurrently: write DROP INDEX without CONCURRENTLY");
		platform.migration("a", "V2__x.sql", "CREATE INDEX i ON ONLY parted (id);")
			.migration("a", "V3__x.sql", "CREATE INDEX CONCURRENTLY part_i ON part (id);")
			.migration("a", "V4__x.sql", "ALTER INDEX i ATTACH PARTITION part_i;");
		CommandRun.on(this.database, platform, "migrate", "--isolation", "none").succeeded();
	}

	private PlatformFolder platform(String sql) {
		return new PlatformFolder(this.folder).service("a").migration("a", "V1__x.sql", TABLES + sql + ";\n");
	}

	private String migrate(String sql) {
		return error(platform(sql), TestServer.freshDatabase());
	}

	private static String error(PlatformFolder platform, TestDatabase database) {
		CommandRun run = CommandRun.on(database, platform, "migrate", "--isolation", "none", "--output", "json");
		assertThat(run.code()).as(run.err()).isEqualTo(1);
		var error = run.json().get("services").get(0).get("error");
		return error.get("sqlState").asString() + " " + error.get("hint").asString();
	}

}
