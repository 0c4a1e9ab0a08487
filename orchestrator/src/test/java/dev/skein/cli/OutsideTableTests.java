package dev.skein.cli;

import java.nio.file.Path;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tables in {@code public} and in schemas that belong to no service.
 */
class OutsideTableTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void migrateBesideTablesOfNoService() {
		this.platform = new PlatformFolder(this.folder.resolve("platform")).service("stock", "tables: [stock]")
			.migration("stock", "V1__stock.sql", "CREATE TABLE stock (id int);");
		run("migrate").succeeded();
		this.database.execute("CREATE TABLE public.junk (id int); CREATE SCHEMA legacy;"
				+ " CREATE TABLE legacy.old (id int) PARTITION BY RANGE (id);"
				+ " CREATE TABLE legacy.old_1 PARTITION OF legacy.old FOR VALUES FROM (1) TO (1000);"
				+ " CREATE TABLE public.\"SequelizeMeta\" (name text);"
				+ " INSERT INTO public.junk SELECT generate_series(1, 1000); ANALYZE public.junk");
	}

	@Test
	void verifyNamesThemAndFailsOnlyWhereItIsStrict() {
		CommandRun run = run("verify").succeeded();
		assertThat(run.out()).isEqualTo("""
				Verified: 1 of 1 promised tables found, none unexpected
				Tables outside the schemas of services:
				  legacy.old
				  public.junk
				  way out: move them into the schema of a service, or drop them with: skein prune --outside
				""");
		assertThat(run("verify", "--strict").code()).isEqualTo(1);
		assertThat(run("verify", "--output", "json").succeeded().json().at("/tables").toString()).isEqualTo(
				"{\"expected\":1,\"found\":1,\"missing\":[],\"unexpected\":[],\"outside\":[\"legacy.old\",\"public.junk\"]}");
		assertThat(run("migrate", "--output", "json").succeeded().json().at("/tables/outside").toString())
			.isEqualTo("[\"legacy.old\",\"public.junk\"]");
	}

	@Test
	void aTableOfAFileThatIsOnAnotherBranchIsLeftAlone() {
		this.platform.service("stock", "tables: [stock, shelf]")
			.migration("stock", "V2__shelf.sql", "CREATE TABLE shelf (id int);");
		run("migrate").succeeded();
		this.platform.service("stock", "tables: [stock]").delete("stock/migrations/V2__shelf.sql");
		CommandRun migrate = run("migrate");
		assertThat(migrate.code()).isEqualTo(1);
		assertThat(migrate.out()).endsWith("""
				Not verified: 1 of 1 promised tables found, 1 unexpected
				Unexpected tables of services that failed:
				  stock.shelf
				  way out: see the failure first: files that are not here may have made them
				""");
		CommandRun prune = run("prune", "--confirm", this.database.settings().database()).succeeded();
		assertThat(prune.err()).contains("Leaves alone stock.shelf: service \"stock\" is ahead, and the files that were"
				+ " applied may promise it; see skein status\n");
		assertThat(this.database.tables()).contains("stock.shelf");
	}

	@Test
	void verifyNamesNoTablesOfServicesThatAnotherCatalogHas() {
		for (String isolation : new String[] { "roles", "none" }) {
			PlatformFolder other = new PlatformFolder(this.folder.resolve(isolation))
				.service("other-" + isolation, "tables: [t]")
				.migration("other-" + isolation, "V1__t.sql", "CREATE TABLE t (id int);");
			CommandRun.on(this.database, other, "migrate", "--isolation", isolation).succeeded();
		}
		// One that an external tool migrated has no history: the ledger knows it.
		this.database.execute("DROP TABLE other_none.flyway_schema_history");
		for (String command : new String[] { "verify", "migrate" }) {
			assertThat(run(command, "--output", "json").json().at("/tables/outside").toString()).as(command)
				.isEqualTo("[\"legacy.old\",\"public.junk\"]");
		}
	}

	@Test
	void pruneShowsThemWithRowsAndSizesAndDropsThemOnlyWhereItIsAskedTo() {
		String name = this.database.settings().database();
		CommandRun dry = run("prune", "--dry-run").succeeded();
		assertThat(dry.err().replaceAll(" +", " ").replaceAll("[1-9][0-9]+ kB", "N kB")).endsWith("""
				Outside the schemas of services, dropped only with --outside:
				 TABLE ROWS SIZE
				 legacy.old about 0 rows 0 kB
				 public.junk about 1000 rows N kB
				""");
		assertThat(dry.out())
			.isEqualTo("Nothing to drop: every table in the services' schemas is promised by a service.\n");
		run("prune", "--confirm", name).succeeded();
		assertThat(this.database.tables()).contains("public.junk", "legacy.old");
		assertThat(run("prune", "--outside", "--confirm", name).succeeded().out()).isEqualTo("""
				Dropped 2 tables:
				  legacy.old
				  public.junk
				""");
		assertThat(this.database.tables()).containsExactly("public.SequelizeMeta", "stock.stock");
	}

	private CommandRun run(String... arguments) {
		return CommandRun.on(this.database, this.platform, arguments);
	}

}
