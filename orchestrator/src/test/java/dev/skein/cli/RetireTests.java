package dev.skein.cli;

import java.nio.file.Path;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service whose folder was taken out of the catalog.
 */
class RetireTests {

	private final TestDatabase database = TestServer.freshDatabase();

	private final String name = this.database.settings().database();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void takeAServiceOut() {
		this.platform = new PlatformFolder(this.folder).service("retired-stock", "tables: [stock]")
			.migration("retired-stock", "V1__stock.sql", "CREATE TABLE stock (id int PRIMARY KEY);")
			.service("retired-shop", "requires: [retired-stock]", "tables: [orders]")
			.migration("retired-shop", "V1__orders.sql", "CREATE TABLE orders (id int);");
		run("migrate").succeeded();
		this.database.execute(
				"INSERT INTO retired_shop.orders SELECT generate_series(1, 500);" + " ANALYZE retired_shop.orders");
		assertThat(FileSystemUtils.deleteRecursively(this.folder.resolve("retired-shop").toFile())).isTrue();
	}

	@Test
	void statusNamesItAndRetireTakesSchemaRolesAndRowsOutOfUse() {
		// Roles belong to the server, and other tests there have services of the other
		// name.
		this.platform.service("shop-for-once", "requires: [retired-stock]", "tables: [orders]")
			.migration("shop-for-once", "V1__orders.sql", "CREATE TABLE orders (id int);");
		run("migrate").succeeded();
		assertThat(FileSystemUtils.deleteRecursively(this.folder.resolve("shop-for-once").toFile())).isTrue();
		assertThat(run("status").succeeded().out()).contains("Not in this catalog: retired-shop, shop-for-once;"
				+ " one that is out of use is dropped with: skein retire SERVICE\n");
		assertThat(run("status", "--output", "json").json().at("/left").toString())
			.isEqualTo("[{\"service\":\"retired-shop\",\"schema\":\"retired_shop\"},"
					+ "{\"service\":\"shop-for-once\",\"schema\":\"shop_for_once\"}]");
		assertThat(run("status", "--only", "retired-stock", "--output", "json").json().at("/left")).hasSize(2);
		CommandRun run = run("retire", "shop-for-once", "--no-backup", "--confirm", this.name).succeeded();
		assertThat(run.err())
			.contains("Drops schema \"shop_for_once\" of service \"shop-for-once\" with 1 table and about"
					+ " 0 rows, and its roles\n");
		assertThat(run.out()).isEqualTo("Retired service \"shop-for-once\", schema \"shop_for_once\"\n");
		assertThat(this.database.query("SELECT rolname FROM pg_roles WHERE rolname LIKE '%shop_for_once%'")).isEmpty();
		assertThat(this.database.query("SELECT nspname FROM pg_namespace WHERE nspname = 'shop_for_once'")).isEmpty();
		assertThat(this.database.query("SELECT service FROM skein.services")).containsExactlyInAnyOrder("retired-stock",
				"retired-shop");
		assertThat(this.database.query("SELECT filename FROM skein.schema_migrations WHERE service = 'shop-for-once'"))
			.containsExactly("V1__orders.sql");
		assertThat(run("status").succeeded().out()).doesNotContain("shop-for-once");
		assertThat(run("migrate").succeeded().out()).contains("is up to date: 1 service");
		assertThat(run("drift").succeeded().out()).isEqualTo("1 service is as the last run left it.\n");
	}

	@Test
	void aDryRunShowsItAndChangesNothing() {
		CommandRun run = run("retire", "retired-shop", "--dry-run", "--output", "json").succeeded();
		assertThat(run.json().toString()).endsWith("\"service\":\"retired-shop\",\"schema\":\"retired_shop\","
				+ "\"retired\":false,\"tables\":1,\"rows\":500,\"dependents\":[],\"rolesLeft\":[]}");
		assertThat(this.database.tables()).contains("retired_shop.orders");
	}

	@Test
	void asksForABackupAndForTheName() {
		CommandRun run = run("retire", "retired-shop", "--confirm", this.name);
		assertThat(run).isEqualTo(new CommandRun(2, "", """
				Error: a service is retired after a backup
				  add --backup FILE; without one: --no-backup
				"""));
		assertThat(run("retire", "retired-shop", "--no-backup").code()).isEqualTo(2);
		assertThat(run("retire", "retired-shop", "--no-backup", "--confirm", "another").code()).isEqualTo(2);
		assertThat(this.database.tables()).contains("retired_shop.orders");
	}

	@Test
	void refusesAServiceOfTheCatalogAndOneThatTheLedgerDoesNotKnow() {
		CommandRun known = run("retire", "retired-stock", "--dry-run");
		assertThat(known.code()).isEqualTo(2);
		assertThat(this.platform.relative(known.err())).endsWith("""
				Error: service "retired-stock" is in the catalog: "retired-stock/service.yml"
				  nothing was touched; take its folder out of the catalog first
				""");
		CommandRun unknown = run("retire", "retired-shp", "--dry-run");
		assertThat(unknown.code()).isEqualTo(2);
		assertThat(unknown.err()).endsWith("""
				Error: service "retired-shp" is unknown to the ledger of this database
				  did you mean "retired-shop"?
				""");
	}

	@Test
	void refusesWhereAnotherSchemaDependsOnItAndWhereTheDatabaseIsProtected() {
		this.database.execute("CREATE VIEW retired_stock.sold AS SELECT id FROM retired_shop.orders");
		CommandRun run = run("retire", "retired-shop", "--no-backup", "--confirm", this.name);
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).contains("Error: other schemas depend on schema \"retired_shop\", nothing was dropped:\n",
				"view retired_stock.sold");
		assertThat(this.database.tables()).contains("retired_shop.orders");
		this.database.execute("DROP VIEW retired_stock.sold");
		CommandRun.on(this.database, "protect").succeeded();
		assertThat(run("retire", "retired-shop", "--no-backup", "--confirm", this.name).err())
			.contains("nothing was touched");
		assertThat(this.database.tables()).contains("retired_shop.orders");
	}

	private CommandRun run(String... arguments) {
		return CommandRun.on(this.database, this.platform, arguments);
	}

}
