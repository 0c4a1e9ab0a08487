package dev.skein.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the next run makes of a file outside a transaction whose run broke off between its
 * last statement and its row in the history. A trigger holds the row back.
 */
class UnfinishedAttemptTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawATable() {
		this.platform = new PlatformFolder(this.folder).service("stock", "tables: [stock]")
			.migration("stock", "V1__t.sql", """
					CREATE TABLE stock (id int PRIMARY KEY, name text, shelf text);
					CREATE INDEX stock_shelf ON stock (shelf);
					CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
					'BEGIN PERFORM pg_sleep(60); RETURN NEW; END';
					""");
		assertThat(migrate().code()).isZero();
	}

	@Test
	void isDroppedAndBuiltAgain() {
		this.platform.migration("stock", "V2__i.sql", """
				CREATE INDEX CONCURRENTLY stock_name ON stock (name);
				CREATE INDEX CONCURRENTLY ON stock (id, name);
				""");
		breakOffBeforeTheRow();
		assertThat(indexes()).containsExactly("stock_id_name_idx", "stock_name", "stock_pkey", "stock_shelf");
		CommandRun next = migrate();
		assertThat(next.code()).as(next.out() + next.err()).isZero();
		assertThat(next.err()).contains("""
				Dropped index stock.stock_id_name_idx, left by an attempt that did not end; its file runs again
				Dropped index stock.stock_name, left by an attempt that did not end; its file runs again
				""");
		assertThat(indexes()).containsExactly("stock_id_name_idx", "stock_name", "stock_pkey", "stock_shelf");
		assertThat(comment()).containsExactly("null");
	}

	@Test
	void keepsAnIndexThatWasThereBefore() {
		this.platform.migration("stock", "V2__i.sql", """
				CREATE INDEX CONCURRENTLY IF NOT EXISTS stock_shelf ON stock (shelf);
				CREATE INDEX CONCURRENTLY IF NOT EXISTS stock_name ON stock (name);
				""");
		List<String> before = oid("stock_shelf");
		breakOffBeforeTheRow();
		assertThat(migrate().code()).isZero();
		assertThat(oid("stock_shelf")).isEqualTo(before);
	}

	@Test
	void keepsWhatOthersMadeWhenTheFileIsDone() {
		this.platform.migration("stock", "V2__i.sql", "CREATE INDEX CONCURRENTLY stock_name ON stock (name);");
		assertThat(migrate().code()).isZero();
		this.database.execute("CREATE INDEX theirs ON stock.stock (name, shelf)");
		this.platform.migration("stock", "V3__i.sql", "CREATE INDEX CONCURRENTLY third ON stock (shelf, name);");
		assertThat(migrate().code()).isZero();
		assertThat(indexes()).containsExactly("stock_name", "stock_pkey", "stock_shelf", "theirs", "third");
	}

	@Test
	void keepsTheCommentThatSomebodyWrote() {
		this.database.execute("COMMENT ON TABLE stock.flyway_schema_history IS 'ours: 100 %'");
		this.platform.migration("stock", "V2__i.sql", "CREATE INDEX CONCURRENTLY stock_name ON stock (name);");
		breakOffBeforeTheRow();
		assertThat(comment()).singleElement().asString().startsWith("ours: 100 %skein: attempting {");
		assertThat(migrate().code()).isZero();
		assertThat(comment()).containsExactly("ours: 100 %");
	}

	@Test
	void triesAFileAgainWhoseSecondBuildFailed() {
		this.database.execute("INSERT INTO stock.stock VALUES (1, 'a'), (2, 'a')");
		this.platform.migration("stock", "V2__i.sql", """
				CREATE INDEX CONCURRENTLY stock_names ON stock (name, id);
				CREATE UNIQUE INDEX CONCURRENTLY stock_name ON stock (name);
				""");
		assertThat(migrate().code()).isOne();
		this.database.execute("DELETE FROM stock.stock WHERE id = 2");
		CommandRun next = migrate();
		assertThat(next.code()).as(next.out()).isZero();
		assertThat(indexes()).containsExactly("stock_name", "stock_names", "stock_pkey", "stock_shelf");
	}

	private void breakOffBeforeTheRow() {
		this.database.execute("CREATE TRIGGER hold BEFORE INSERT ON stock.flyway_schema_history"
				+ " FOR EACH ROW EXECUTE FUNCTION stock.hold()");
		CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(this::migrate);
		String sleepers = " FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'";
		await().until(() -> !this.database.query("SELECT pid" + sleepers).isEmpty());
		this.database.query("SELECT pg_terminate_backend(pid, 10000)" + sleepers);
		assertThat(run.join().code()).isOne();
		// Nobody is there to record a failure when it is the process that ends.
		this.database.execute("DELETE FROM stock.flyway_schema_history WHERE NOT success;"
				+ " DROP TRIGGER hold ON stock.flyway_schema_history");
	}

	private CommandRun migrate() {
		return CommandRun.on(this.database, this.platform, "migrate");
	}

	private List<String> indexes() {
		return this.database.query("""
				SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
				WHERE i.indrelid = 'stock.stock'::regclass AND i.indisvalid ORDER BY 1""");
	}

	private List<String> oid(String index) {
		return this.database.query("SELECT 'stock." + index + "'::regclass::oid");
	}

	private List<String> comment() {
		return this.database.query("SELECT obj_description('stock.flyway_schema_history'::regclass, 'pg_class')");
	}

}
