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
 * What a file makes may be there already, where the manifest or the file says so.
 */
class AcceptSameTests {

	private static final String V2 = """
			CREATE TABLE shelves (
			    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
			    item bigint NOT NULL);
			ALTER TABLE ONLY shelves ADD CONSTRAINT shelves_item_fkey FOREIGN KEY (item) REFERENCES items (id);
			ALTER TABLE items ADD COLUMN size numeric(10, 2) NOT NULL DEFAULT 0, ADD CONSTRAINT items_size_check CHECK (size >= 0);
			CREATE INDEX items_size_idx ON stock.items (size);
			ALTER TABLE items ADD CONSTRAINT items_name_key UNIQUE (name);
			ALTER TABLE items ADD COLUMN colour text;
			""";

	private final TestDatabase database = TestServer.freshDatabase();

	private final PlatformFolder platform;

	AcceptSameTests(@TempDir Path folder) {
		this.platform = new PlatformFolder(folder).service("stock", "tables: [items, shelves]", "existing: accept-same")
			.migration("stock", "V001__items.sql", "CREATE TABLE items (id bigint PRIMARY KEY, name text);");
	}

	@Test
	void goesOnWhereAllThatIsThereIsWhatTheFileWouldMakeAndSaysSo() {
		this.platform.service("stock", "tables: [items]");
		on("migrate").succeeded();
		this.database.execute("SET ROLE skein_stock; SET search_path = stock; INSERT INTO items VALUES (1, 'one');"
				+ V2.replace("ALTER TABLE items ADD COLUMN colour text;", ""));
		this.platform.service("stock", "tables: [items, shelves]")
			.migration("stock", "V002__size.sql", "-- existing: accept-same\n" + V2);
		JsonNode run = on("migrate", "--output", "json").succeeded().json();
		JsonNode file = run.at("/services/0/migrations/0");
		assertThat(file.at("/tolerated").size()).isEqualTo(5);
		assertThat(file.at("/tolerated/0").toString())
			.isEqualTo("{\"sqlState\":\"42P07\",\"message\":\"line 2: relation"
					+ " \\\"shelves\\\" already exists, and is what the file would make: accepted\"}");
		assertThat(this.database.query("SELECT sqlState FROM (SELECT jsonb_array_elements(notices)->>'sqlState' AS"
				+ " sqlState FROM skein.schema_migrations WHERE version = '002' AND success) n"))
			.containsExactly("42P07", "42710", "42701", "42P07", "42P07");
		assertThat(this.database.query("SELECT colour IS NULL FROM stock.items")).containsExactly("t");
		assertThat(this.database.query("SELECT count(*) FROM skein.schema_migrations WHERE NOT success"))
			.containsExactly("0");
		assertThat(this.database.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'skein_same%'")).isEmpty();
		assertThat(on("migrate").out()).contains("is up to date");
	}

	@Test
	void namesWhatDiffers() {
		on("migrate");
		this.database.execute("SET ROLE skein_stock; SET search_path = stock;"
				+ " CREATE TABLE shelves (id bigint PRIMARY KEY, item int, more text)");
		this.platform.migration("stock", "V002__shelves.sql",
				"CREATE TABLE shelves (id bigint PRIMARY KEY, item bigint NOT NULL, size int CHECK (size > 0));");
		CommandRun failed = on("migrate");
		assertThat(failed.code()).isOne();
		assertThat(failed.out())
			.contains("  way out   what is there is not what the file would make: column \"item\" is"
					+ " integer, the file says bigint NOT NULL; column \"more\" is not in the file; column \"size\" is missing;"
					+ " constraint \"shelves_size_check\" is missing; change the file (it was rolled back), or what is there\n");
		assertThat(on("migrate", "--output", "json").json().at("/services/0/error/kind").asString())
			.isEqualTo("idempotent");
		this.database.execute("DROP TABLE stock.shelves; ALTER TABLE stock.items ADD COLUMN size int");
		this.platform.migration("stock", "V002__shelves.sql",
				"CREATE TABLE shelves (id int); ALTER TABLE items ADD size bigint, ADD place text;");
		assertThat(on("migrate").out()).contains(
				"make: column \"place\" is missing; column \"size\" is integer, the file" + " says bigint; change");
		this.platform.migration("stock", "V002__shelves.sql",
				"CREATE TABLE shelves (id int); CREATE TABLE shelves (id int);");
		assertThat(on("migrate").out())
			.contains("make: table \"shelves\" is not there before the file: it makes this twice itself; change");
		this.platform.migration("stock", "V002__shelves.sql", "CREATE TABLE shelves (id int); SELECT 1/0;");
		assertThat(on("migrate", "--output", "json").json().at("/services/0/error/kind").asString()).isEqualTo("fatal");
	}

	@Test
	void takesNoNameOfASchemaInAValueForThatOfATable() {
		on("migrate");
		this.database.execute("SET ROLE skein_stock; SET search_path = stock;"
				+ " CREATE TABLE shelves (a text DEFAULT 'stock.x', b text DEFAULT E'one\ntwo\tthree')");
		this.platform.migration("stock", "V002__shelves.sql", "CREATE TABLE shelves (a text DEFAULT 'x', b text);");
		CommandRun failed = on("migrate");
		assertThat(failed.code()).isOne();
		assertThat(failed.out())
			.contains("make: column \"a\" is text DEFAULT 'stock.x'::text, the file says text DEFAULT"
					+ " 'x'::text; column \"b\" is text DEFAULT 'one");
	}

	@Test
	void refusesOtherWords() {
		this.platform.service("stock", "existing: ignore")
			.migration("stock", "V001__items.sql", "-- existing: ignore\nSELECT 1;");
		CommandRun run = on("validate");
		assertThat(run.code()).isEqualTo(2);
		assertThat(this.platform.relative(run.err())).isEqualTo("""
				2 problems in the catalog:

				existing "ignore" is not legal
				  at stock/migrations/V001__items.sql:1
				  write accept-same, or leave the line out: what a file makes must not be there already

				existing "ignore" is not legal
				  at stock/service.yml:2
				  write accept-same, or leave the line out: what a file makes must not be there already

				Nothing was touched.
				""");
	}

	private CommandRun on(String... arguments) {
		return CommandRun.on(this.database, this.platform, arguments);
	}

}
