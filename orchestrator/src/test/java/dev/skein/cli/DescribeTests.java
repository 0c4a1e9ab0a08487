package dev.skein.cli;

import java.nio.file.Path;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of a platform, and one of them.
 */
class DescribeTests {

	private final TestDatabase database = TestServer.freshDatabase();

	private final PlatformFolder platform;

	DescribeTests(@TempDir Path folder) {
		this.platform = new PlatformFolder(folder)
			.service("stock", "tables: [items, shelves, \"Odd one\"]", "referenced_by: [orders]")
			.migration("stock", "V001__stock.sql", """
					CREATE TABLE stock.items (
					    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
					    name text NOT NULL DEFAULT 'new' CHECK (name <> ''));
					COMMENT ON TABLE items IS 'What is there.';
					CREATE TABLE old (id int);""")
			.migration("stock", "V002__more.sql", """
					ALTER TABLE ONLY old RENAME TO shelves;
					ALTER TABLE items ADD COLUMN size numeric(10, 2);
					CREATE INDEX items_size_idx ON items (size);
					CREATE TABLE IF NOT EXISTS "Odd one" (id int, day date NOT NULL) PARTITION BY RANGE (day);
					CREATE TABLE odd_2026 PARTITION OF "Odd one" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
					INSERT INTO "Odd one" SELECT n, '2026-02-03' FROM generate_series(1, 1000) n;
					ANALYZE;""")
			.migration("stock", "V003__later.sql", "DROP TABLE IF EXISTS shelves; CREATE TABLE shelves (id int);")
			.service("orders", "requires: [stock]", "tables: [orders, items]")
			.migration("orders", "V001__orders.sql", """
					CREATE TABLE orders (item bigint REFERENCES stock.items);
					CREATE TABLE items (id int);""");
	}

	@Test
	void listsTheTablesWithTheirSizesAndTheFilesThatMadeThem() {
		CommandRun run = on("migrate", "--tables").succeeded();
		assertThat(run.out()).containsPattern("""
				(?m)^ *SCHEMA  TABLE +ROWS \\(ABOUT\\) +SIZE  SINCE
				 *orders +items +0 +0 kB  V001__orders.sql
				 *orders +orders +0 +0 kB  V001__orders.sql
				 *stock +Odd one +1000 +[0-9]+ kB  V002__more.sql
				 *stock +items +0 +[0-9]+ kB  V001__stock.sql
				 *stock +shelves +0 +0 kB  V003__later.sql
				""");
		JsonNode first = on("verify", "--tables", "--output", "json").json().at("/contents/2");
		assertThat(
				first.at("/table").asString() + " " + first.at("/rows").asInt() + " " + first.at("/since").asString())
			.isEqualTo("Odd one 1000 V002__more.sql");
		assertThat(on("verify", "--output", "json").json().at("/contents").size()).isZero();
		assertThat(on("migrate", "--tables", "--output", "json").err()).isEqualTo("""
				Error: --tables goes with --output text here
				  for JSON ask afterwards: skein verify --tables --output json
				""");
	}

	@Test
	void describesOneTable() {
		on("migrate").succeeded();
		CommandRun run = on("describe", "stock.items").succeeded();
		assertThat(run.out()).containsPattern("""
				\\ATable stock\\.items of service "stock": about 0 rows, [0-9]+ kB
				  What is there\\.
				Made by: V001__stock\\.sql
				Changed by: V002__more\\.sql

				 COLUMN  TYPE +NULL +DEFAULT +COMMENT
				 id +bigint +not null +GENERATED ALWAYS AS IDENTITY
				 name +text +not null +'new'::text
				 size +numeric\\(10,2\\)

				Keys and checks:
				  items_pkey  PRIMARY KEY \\(id\\)
				  items_name_check  CHECK \\(\\(name <> ''::text\\)\\)

				Indexes:
				  CREATE UNIQUE INDEX items_pkey ON stock\\.items USING btree \\(id\\)
				  CREATE INDEX items_size_idx ON stock\\.items USING btree \\(size\\)

				Referred to by:
				  orders\\.orders: FOREIGN KEY \\(item\\) REFERENCES stock\\.items\\(id\\)
				""");
		assertThat(on("describe", "Odd one", "--output", "json").json().at("/columns/1/name").asString())
			.isEqualTo("day");
		CommandRun both = on("describe", "items");
		assertThat(both.code()).isEqualTo(2);
		assertThat(both.err()).endsWith("""
				Error: several services have a table "items"
				  write one of: orders.items, stock.items
				""");
		CommandRun none = on("describe", "item");
		assertThat(none.code()).isEqualTo(2);
		assertThat(none.err()).endsWith("""
				Error: no service has a table "item" in this database
				  did you mean "items"?
				""");
	}

	private CommandRun on(String... arguments) {
		return CommandRun.on(this.database, this.platform, arguments);
	}

}
