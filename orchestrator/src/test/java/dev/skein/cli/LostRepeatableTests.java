package dev.skein.cli;

import java.nio.file.Path;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.skein.testing.CommandRun.on;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * That a repeatable migration is applied again when another file dropped what it makes.
 */
class LostRepeatableTests {

	private static final String OBJECTS = "SELECT relname FROM pg_class WHERE relnamespace = 'shop'::regnamespace"
			+ " AND relkind = 'v' UNION ALL SELECT tgname FROM pg_trigger WHERE tgrelid = 'shop.t'::regclass"
			+ " AND NOT tgisinternal ORDER BY 1";

	private static final String HISTORY = "SELECT script FROM shop.flyway_schema_history ORDER BY installed_rank";

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void migrateTwoViews() {
		this.platform = new PlatformFolder(this.folder).service("shop", "tables: [t]")
			.migration("shop", "V1__t.sql", "CREATE TABLE t (a int, b int);")
			.migration("shop", "R__v.sql", "CREATE OR REPLACE VIEW v AS SELECT a, b FROM t;")
			.migration("shop", "R__w.sql", "/* of v */ create or replace view\n  \"shop\".W AS SELECT a FROM v;")
			.migration("shop", "R__x_w_elsewhere.sql", "SELECT 'w', 1 AS w;");
		assertThat(migrate().code()).isZero();
	}

	@Test
	void aRepeatableThatTakesTheViewOfAnother() {
		this.platform.migration("shop", "R__v.sql", "DROP VIEW v CASCADE; CREATE VIEW v AS SELECT a FROM t;");
		CommandRun run = migrate();
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(run.err())
			.contains("Applies again: shop R__w.sql, since this run dropped view shop.w\n" + "[1/2] shop R__v.sql");
		assertThat(this.database.query(OBJECTS)).containsExactly("v", "w");
		assertThat(this.database.query(HISTORY)).containsExactly("V1__t.sql", "R__v.sql", "R__w.sql",
				"R__x_w_elsewhere.sql", "R__v.sql", "R__w.sql");
		assertThat(on(this.database, this.platform, "migrate", "--output", "json").json().at("/outcome").asString())
			.isEqualTo("up-to-date");
	}

	@Test
	void aVersionedFileThatTakesAViewAndATrigger() {
		this.platform.migration("shop", "R__trigger.sql",
				"""
						CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
						DROP TRIGGER IF EXISTS g ON t; CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();""");
		assertThat(migrate().code()).isZero();
		this.platform.migration("shop", "V2__drop.sql", "DROP VIEW w; DROP FUNCTION f CASCADE;");
		CommandRun run = migrate();
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(run.err())
			.contains(
					"Applies again: shop R__trigger.sql, since this run dropped function shop.f(), trigger g on shop.t")
			.contains("Applies again: shop R__w.sql, since this run dropped view shop.w");
		assertThat(this.database.query(OBJECTS)).containsExactly("g", "v", "w");
	}

	@Test
	void theyComeBackThoughALaterFileFails() {
		this.platform.migration("shop", "V2__drop.sql", "DROP VIEW v CASCADE;")
			.migration("shop", "V3__wrong.sql", "SELECT 1/0;");
		CommandRun run = migrate();
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.out()).contains("division by zero");
		assertThat(this.database.query(OBJECTS)).containsExactly("v", "w");
	}

	@Test
	void oneThatCannotBeAppliedAgainFailsTheRun() {
		this.platform.migration("shop", "V2__drop.sql", "DROP VIEW w; ALTER TABLE t DROP COLUMN a CASCADE;");
		CommandRun run = migrate();
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.out()).contains("R__v.sql").contains("column \"a\" does not exist");
	}

	@Test
	void whatNoRepeatableMakesStaysDropped() {
		this.platform.migration("shop", "R__w.sql", "DROP VIEW w;");
		CommandRun run = migrate();
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(run.err()).doesNotContain("Applies again");
		assertThat(this.database.query(OBJECTS)).containsExactly("v");
	}

	private CommandRun migrate() {
		return on(this.database, this.platform, "migrate");
	}

}
