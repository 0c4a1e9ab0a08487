package dev.skein.cli;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A schema that was made by hand becomes a service.
 */
class AdoptTests {

	private static final String SHOP = """
			CREATE SCHEMA shop; SET search_path = shop;
			CREATE TYPE state AS ENUM ('open', 'paid');
			CREATE DOMAIN amount AS numeric(12,2) CHECK (VALUE >= 0);
			CREATE SEQUENCE numbers START 100;
			CREATE TABLE orders (z_number int NOT NULL DEFAULT nextval('numbers'), id uuid PRIMARY KEY,
			    state state NOT NULL DEFAULT 'open', total amount, a_note text);
			COMMENT ON TABLE orders IS 'What was ordered; it''s kept';
			CREATE INDEX orders_open ON orders (total) WHERE state = 'open';
			CREATE TABLE lines (order_id uuid REFERENCES orders, line int, PRIMARY KEY (order_id, line));
			CREATE TABLE log (day date NOT NULL, text text) PARTITION BY RANGE (day);
			CREATE TABLE log_2026 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
			CREATE VIEW unpaid AS SELECT z_number, total FROM orders WHERE state = 'open';
			CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
			CREATE FUNCTION secret() RETURNS int LANGUAGE sql SECURITY DEFINER AS $$ SELECT count(*)::int FROM shop.orders $$;
			REVOKE ALL ON FUNCTION secret() FROM PUBLIC;
			CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
			ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
			CREATE POLICY own ON orders USING (a_note = current_user);
			INSERT INTO orders (id) VALUES (gen_random_uuid());
			""";

	private final TestDatabase database = TestServer.freshDatabase();

	private final String name = this.database.settings().database();

	@TempDir
	Path folder;

	@Test
	void writesFilesThatMakeTheSameSchemaAndBaselineTakesItOver() throws Exception {
		PlatformFolder platform = new PlatformFolder(this.folder).service("stock", "tables: [items]")
			.migration("stock", "V1__items.sql", "CREATE TABLE items (id int PRIMARY KEY);");
		on(platform, "migrate", "--isolation", "none").succeeded();
		this.database.execute(SHOP + "CREATE TABLE picks (item int REFERENCES stock.items);"
				+ "DO $$ BEGIN CREATE ROLE adopt_reporting; EXCEPTION WHEN duplicate_object THEN END $$;"
				+ "GRANT SELECT ON orders TO adopt_reporting");
		CommandRun dry = on(platform, "adopt", "shop", "--dry-run").succeeded();
		assertThat(on(platform, "adopt", "shop", "--dry-run", "--output", "json").json().at("/notWritten").toString())
			.isEqualTo("[\"privileges of adopt_reporting on table shop.orders: SELECT\"]");
		assertThat(platform.relative(dry.out())).isEqualTo("""
				Would create shop/service.yml
				Would create shop/migrations/V001__adopt_shop.sql
				Nothing was written.
				""");
		assertThat(this.folder.resolve("shop")).doesNotExist();

		CommandRun run = on(platform, "adopt", "shop").succeeded();
		assertThat(run.err()).endsWith("""
				Not written: privileges of adopt_reporting on table shop.orders: SELECT
				Trying the files on database "skein_adoption_trial" of this server, dropped in the end
				Equal: the files make there what lies in schema "shop" here
				""");
		assertThat(platform.relative(run.out())).isEqualTo(
				"""
						Created shop/service.yml
						Created shop/migrations/V001__adopt_shop.sql

						Next:
						  1. read shop/migrations/V001__adopt_shop.sql
						  2. for its foreign keys to tables of stock: name this service in the manifest of stock, as in referenced_by: [shop]
						  3. commit these files
						  4. skein baseline shop@001 --services . --no-builtin, in each database that has the schema
						  5. skein isolation roles --services . --no-builtin, where the schema shall get a role of its own
						""");
		assertThat(Files.readString(this.folder.resolve("shop/service.yml"))).isEqualTo("""
				service: shop
				schema: shop
				requires: [stock]
				tables: [lines, log, orders, picks]
				""");
		assertThat(this.database.query("SELECT datname FROM pg_database WHERE datname LIKE 'skein_adoption%'"))
			.isEmpty();

		on(platform, "baseline", "shop@001", "--confirm", this.name).succeeded();
		assertThat(on(platform, "migrate", "--isolation", "none").succeeded().out()).contains("is up to date");
		TestDatabase empty = TestServer.freshDatabase();
		platform.service("stock", "tables: [items]", "referenced_by: [shop]");
		CommandRun.on(empty, platform, "migrate").succeeded();
		assertThat(empty.query("SELECT column_name FROM information_schema.columns WHERE table_schema = 'shop'"
				+ " AND table_name = 'orders' ORDER BY ordinal_position"))
			.containsExactly("z_number", "id", "state", "total", "a_note");
		assertThat(empty.query("SELECT coalesce(proacl::text, '') FROM pg_proc WHERE proname = 'secret'").get(0))
			.doesNotContain("{=X", ",=X");
		CommandRun compared = CommandRun.on(empty, platform, "compare", "--against", this.database.url(),
				"--against-user", String.valueOf(this.database.settings().user()));
		assertThat(compared.out()).doesNotContain("column", "constraint", "index");
	}

	@Test
	void letsNoCodeOfAServiceOrOfTheSchemaRunAsTheGivenUser() {
		String look = "EXECUTE 'CREATE ROLE adopt_made_' || current_database() || ' LOGIN'";
		String quietly = "BEGIN " + look + "; EXCEPTION WHEN insufficient_privilege THEN END;";
		PlatformFolder platform = new PlatformFolder(this.folder).service("stock", "tables: [items]")
			.migration("stock", "V1__items.sql",
					"CREATE TABLE items (id int PRIMARY KEY); DO $$ BEGIN " + quietly + " END $$;");
		on(platform, "migrate").succeeded();
		this.database.execute("CREATE SCHEMA shop; SET search_path = shop;"
				+ "CREATE TABLE orders (id int PRIMARY KEY, item int REFERENCES stock.items);"
				+ "CREATE FUNCTION makes() RETURNS boolean LANGUAGE plpgsql AS $f$ BEGIN IF current_database()"
				+ " = 'skein_adoption_trial' THEN " + quietly + " END IF; RETURN true; END $f$;"
				+ "CREATE FUNCTION looks(a int) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS $f$ BEGIN"
				+ " RETURN shop.makes(); END $f$; CREATE INDEX looked_at ON orders (item) WHERE looks(1)");
		on(platform, "adopt", "shop", "--dry-run").succeeded();
		assertThat(this.database.query("SELECT rolname FROM pg_roles WHERE rolname LIKE 'adopt!_made%' ESCAPE '!'"))
			.isEmpty();
	}

	@Test
	void refusesWhatItCannotAdoptAndOverwritesNothing() {
		PlatformFolder platform = new PlatformFolder(this.folder).service("stock", "tables: [items]")
			.migration("stock", "V1__items.sql", "CREATE TABLE items (id int PRIMARY KEY);");
		this.database.execute("CREATE SCHEMA old; CREATE TABLE old.t (id int PRIMARY KEY);"
				+ " CREATE EXTENSION citext SCHEMA public; CREATE SCHEMA shop;"
				+ " CREATE TABLE shop.orders (t int REFERENCES old.t, mail public.citext)");
		CommandRun run = on(platform, "adopt", "shop");
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).endsWith(
				"""
						Error: 2 problems
						  schema "shop" needs objects of schema "old", which belongs to no service: adopt that first, or name its folder with --services
						  extension "citext" lies in schema "public", and Skein creates extensions in schema extensions: CREATE SCHEMA IF NOT EXISTS extensions; ALTER EXTENSION "citext" SET SCHEMA extensions;
						  nothing was written
						""");
		assertThat(on(platform, "adopt", "nowhere").err()).endsWith("""
				Error: there is no schema "nowhere" in this database
				  name the schema with --schema
				""");
		assertThat(platform.relative(on(platform, "adopt", "stock").err())).startsWith(
				"""
						Error: 2 problems
						  service "stock" exists already, at stock/service.yml: choose another name, or add to it with skein new migration stock
						""");
		platform.file("old/notes.txt", "kept");
		assertThat(platform.relative(on(platform, "adopt", "old").err())).isEqualTo("""
				Error: "old" exists already, and is no service: remove it, or choose another name
				  nothing was written
				""");
		this.database.execute("CREATE SCHEMA bare");
		assertThat(on(platform, "adopt", "bare").err()).endsWith("""
				Error: schema "bare" is empty: there is nothing to adopt
				  write a first migration with skein new service bare
				""");
		this.database.execute(
				"CREATE TABLE bare.schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL)");
		assertThat(on(platform, "adopt", "bare").err()).endsWith("""
				Error: schema "bare" is migrated by golang-migrate, whose record is table bare.schema_migrations
				  write a manifest beside its files, then: skein baseline --from-tool bare
				""");
	}

	@Test
	void writesEveryKindOfObjectOrNamesItFirst() {
		SoftAssertions facts = new SoftAssertions();
		int number = 0;
		for (DriftMeasure.Kind kind : DriftMeasure.Kind.all()) {
			TestDatabase one = TestServer.freshDatabase();
			for (String extension : kind.extensions().replaceAll("[\\[\\] ]", "").split(",", -1)) {
				one.execute("CREATE SCHEMA IF NOT EXISTS extensions; "
						+ (extension.isEmpty() ? "" : "CREATE EXTENSION " + extension + " SCHEMA extensions"));
			}
			one.execute("CREATE SCHEMA s; SET search_path = s, extensions; " + kind.schema().replace("@S@", "s"));
			CommandRun run = CommandRun.on(one, new PlatformFolder(this.folder.resolve("p" + number++)), "adopt", "s");
			facts.assertThat(run.code()).as("%s%n%s%s", kind.name(), run.err(), run.out()).isZero();
			TestServer.dropDatabase(one);
		}
		facts.assertAll();
	}

	private CommandRun on(PlatformFolder platform, String... arguments) {
		return CommandRun.on(this.database, platform, arguments);
	}

}
