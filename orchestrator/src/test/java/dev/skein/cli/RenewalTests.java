package dev.skein.cli;

import java.io.BufferedReader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import dev.skein.Application;
import dev.skein.catalog.SchemaName;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Isolation;
import dev.skein.migration.PlatformTemplates;
import dev.skein.migration.TemplateKey;
import dev.skein.migration.VersionWatch;
import dev.skein.plan.MigrationPlan;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import dev.skein.text.PrintableWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Emptying the embedded database, again: what was made from nothing before is copied.
 */
class RenewalTests {

	private static final String COPIED = "Copied 4 migrations in 2 services: a database that they made before was kept\n";

	private final TestDatabase database = embedded(TestServer.freshDatabase());

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawAPlatform() {
		String unique = "-- " + this.database.settings().database() + "\n";
		this.platform = new PlatformFolder(this.folder)
			.service("stock", "referenced_by: [orders]", "tables: [stock]", "extensions: [citext]")
			.migration("stock", "V001__stock.sql",
					unique + "CREATE TABLE stock (id int PRIMARY KEY, name extensions.citext);")
			.migration("stock", "V002__index.sql", "CREATE INDEX CONCURRENTLY stock_name ON stock (name);")
			.migration("stock", "U002__index.sql", "DROP INDEX stock_name;")
			.seed("stock", "demo", "01_stock.sql", "INSERT INTO stock VALUES (1, 'tea');")
			.service("orders", "requires: [stock]", "tables: [orders]")
			.migration("orders", "V001__orders.sql", "CREATE TABLE orders (id int PRIMARY KEY REFERENCES stock.stock);")
			.migration("orders", "U001__orders.sql", "DROP TABLE orders CASCADE;")
			.migration("orders", "R__view.sql", "CREATE OR REPLACE VIEW ids AS SELECT id FROM orders;");
	}

	@Test
	void theSecondTimeACopyIsAsTheFirst() {
		CommandRun first = run("reset", "--yes", "--output", "json");
		assertThat(first.err()).contains("Applying 4 migrations in 2 services\n").doesNotContain("Copied");
		this.database.execute("INSERT INTO stock.stock VALUES (1, 'left behind')");
		CommandRun second = run("reset", "--yes", "--output", "json");
		assertThat(second.err()).endsWith(COPIED);
		assertThat(timeless(second.json())).isEqualTo(timeless(first.json()));
		assertThat(second.json().get("outcome").asString()).isEqualTo("applied");
		// What a file took is the time of the run that ran it.
		assertThat(second.json().at("/services/0/migrations/1/durationMillis").asInt()).isZero();
		assertThat(this.database.query("TABLE stock.stock")).isEmpty();

		assertThat(run("status", "--exit-code").code()).isZero();
		assertThat(run("verify").code()).isZero();
		assertThat(run("drift", "--exit-code").code()).isZero();
		assertThat(run("migrate").out()).startsWith("Database \"" + name() + "\" is up to date: 2 services");
		assertThat(run("rollback", "--to", "stock@001", "--yes").code()).isZero();
		this.platform.migration("orders", "V002__note.sql", "ALTER TABLE orders ADD note text;");
		assertThat(run("migrate").out()).contains("Applied 4 migrations");
		assertThat(run("drift", "--exit-code").code()).isZero();
	}

	@Test
	void aPlanThatChangedIsMigrated() {
		run("reset", "--yes");
		this.platform.migration("stock", "V002__index.sql", "CREATE INDEX stock_name ON stock (name);");
		CommandRun run = run("migrate", "--clean", "--yes");
		assertThat(run.err()).contains("Applying 4 migrations in 2 services\n").doesNotContain("Copied");
		assertThat(run("migrate", "--clean", "--yes").err()).endsWith(COPIED);
		assertThat(run("reset", "--yes", "--isolation", "none").err()).doesNotContain("Copied");
		assertThat(run("reset", "--yes", "--isolation", "none").err()).endsWith(COPIED);
		assertThat(this.database
			.query("SELECT DISTINCT nspowner::regrole FROM pg_namespace WHERE nspname IN ('stock'," + " 'orders')"))
			.containsExactly("postgres");
	}

	@Test
	void theStoryStaysAndGoesOn() {
		this.platform.migration("stock", "V003__bad.sql", "SELECT 1 / 0;");
		assertThat(run("migrate").code()).isOne();
		this.platform.delete("stock/migrations/V003__bad.sql");
		run("migrate", "--release", "first");
		this.database.execute("INSERT INTO skein.services VALUES ('gone', 'gone')");
		this.database.execute("INSERT INTO skein.runs (id, command, os_user, host, process_id, skein_version)"
				+ " VALUES (gen_random_uuid(), 'migrate', 'ann', 'here', 1, '0')");
		run("reset", "--yes");
		List<String> before = story();
		List<String> runs = runs();
		CommandRun reset = run("reset", "--yes", "--output", "json");
		assertThat(reset.err()).endsWith(COPIED);
		assertThat(story().subList(0, before.size())).isEqualTo(before);
		List<String> added = story().subList(before.size(), story().size());
		assertThat(added.stream().map((row) -> row.replaceFirst("^\\d+ \\S+ ", "")))
			.containsExactlyElementsOf(before.subList(before.size() - 4, before.size())
				.stream()
				.map((row) -> row.replaceFirst("^\\d+ \\S+ ", ""))
				.toList());
		assertThat(runs().subList(0, runs.size())).isEqualTo(runs);
		assertThat(runs().subList(runs.size(), runs().size())).containsExactly("clean applied", "migrate applied");
		assertThat(this.database.query("SELECT id FROM skein.runs ORDER BY started_at DESC LIMIT 1"))
			.containsExactly(reset.json().get("run").asString());
		assertThat(this.database.query("SELECT count(*) FROM skein.runs WHERE outcome = 'interrupted'"))
			.containsExactly("1");
		assertThat(this.database.query("SELECT DISTINCT run FROM skein.snapshots"))
			.containsExactly(reset.json().get("run").asString());
		assertThat(this.database.query("SELECT service FROM skein.services ORDER BY 1")).containsExactly("gone",
				"orders", "stock");
		assertThat(this.database.query("SELECT name FROM skein.releases")).containsExactly("first");
		this.database.execute("INSERT INTO skein.schema_migrations (service, filename, execution_time_ms, success, run)"
				+ " SELECT 'x', 'x', 0, true, id FROM skein.runs LIMIT 1");
		assertThat(run("reset", "--yes").err()).endsWith(COPIED);
	}

	@Test
	void seedsAreRunOnTheCopy() {
		CommandRun first = run("reset", "--yes", "--seed", "demo");
		CommandRun second = run("reset", "--yes", "--seed", "demo");
		assertThat(first.out()).contains("Applied 4 migrations and 1 seed in ");
		assertThat(second.out()).contains("Applied 4 migrations and 1 seed in ");
		assertThat(second.err()).contains(COPIED + "Running 1 seed\n");
		assertThat(this.database.query("SELECT name FROM stock.stock")).containsExactly("tea");
	}

	@Test
	void seedsThatAreNotRunAreToldWhereAMigrationFails() {
		this.platform.migration("stock", "V003__bad.sql", "SELECT 1 / 0;");
		CommandRun run = run("reset", "--yes", "--seed", "demo", "--output", "json");
		assertThat(run.code()).isOne();
		assertThat(run.json().at("/seeds/0/outcome").asString()).isEqualTo("blocked");
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE SCHEMA scratch; CREATE TABLE scratch.t (id int); INSERT INTO scratch.t VALUES (1)",
			"CREATE EXTENSION hstore SCHEMA extensions", "CREATE EXTENSION hstore SCHEMA public",
			"CREATE FUNCTION extensions.one() RETURNS int LANGUAGE sql RETURN 1", "CREATE VIEW skein.mine AS SELECT 1",
			"GRANT SELECT ON skein.runs TO pg_monitor", "SELECT lo_from_bytea(0, 'x')", "CREATE PUBLICATION everything",
			"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor" })
	void whateverWouldStayIsNotReplacedNorKept(String somethingElse) {
		run("reset", "--yes");
		this.database.execute(somethingElse);
		String there = """
				SELECT (SELECT array_agg(nspname) FROM pg_namespace WHERE nspname = 'scratch'),
				    (SELECT array_agg(extname ORDER BY 1) FROM pg_extension), to_regproc('extensions.one'),
				    to_regclass('skein.mine'), (SELECT relacl FROM pg_class WHERE oid = 'skein.runs'::regclass),
				    (SELECT count(*) FROM pg_largeobject_metadata), (SELECT count(*) FROM pg_publication),
				    (SELECT count(*) FROM pg_default_acl WHERE defaclnamespace = 0)""";
		String before = this.database.table(there);
		CommandRun run = run("reset", "--yes");
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(run.err()).doesNotContain("Copied");
		assertThat(this.database.table(there)).isEqualTo(before);
		this.platform.migration("orders", "V002__note.sql", "ALTER TABLE orders ADD note text;");
		run("reset", "--yes");
		assertThat(run("reset", "--yes").err()).doesNotContain("Copied");
	}

	@Test
	void whatIsSetForTheDatabaseStays() {
		this.database.execute("CREATE ROLE owner_of_" + name());
		this.database.execute("ALTER DATABASE " + name() + " OWNER TO owner_of_" + name());
		this.database.execute("ALTER DATABASE " + name() + " SET work_mem = '7MB'");
		this.database.execute("COMMENT ON DATABASE " + name() + " IS 'it''s mine'");
		run("reset", "--yes");
		this.database.execute("REVOKE ALL ON DATABASE " + name() + " FROM PUBLIC");
		this.database
			.execute("ALTER ROLE owner_of_" + name() + " IN DATABASE " + name() + " SET search_path = \"a b\", c");
		String settings = """
				SELECT datdba::regrole || ' ' || shobj_description(d.oid, 'pg_database') || ' '
				    || (SELECT array_agg(a::text ORDER BY a::text)::text FROM unnest(d.datacl) a) || (
				    SELECT array_agg(setrole::regrole::text || s.setconfig::text
				        ORDER BY setrole::regrole::text)::text
				    FROM pg_db_role_setting s WHERE setdatabase = d.oid)
				FROM pg_database d WHERE datname = current_database()""";
		String before = this.database.table(settings);
		assertThat(before).contains("it's mine", "7MB", "a b", "skein_stock");
		assertThat(run("reset", "--yes").err()).endsWith(COPIED);
		assertThat(this.database.table(settings)).isEqualTo(before);
	}

	@Test
	void refusesAsAlways() throws Exception {
		run("reset", "--yes");
		try (Connection other = this.database.connect()) {
			CommandRun refused = run("reset", "--yes");
			assertThat(refused.code()).isEqualTo(3);
			assertThat(refused.err()).contains("1 other session of this database would lose what it works on");
			CommandRun done = run("reset", "--yes", "--disconnect");
			assertThat(done.err()).endsWith(COPIED);
			assertThat(other.isValid(1)).isFalse();
		}
		skein("protect");
		assertThat(run("reset", "--yes").code()).isEqualTo(3);
	}

	@Test
	void whoeverConnectsBeforeTheCopyTakesItsPlaceKeepsTheDatabase() throws Exception {
		run("reset", "--yes");
		this.database.execute("INSERT INTO stock.stock VALUES (1, 'still here')");
		MigrationPlan plan = this.platform.plan();
		try (PlatformTemplates templates = new Application().templates(this.database.settings())) {
			TemplateKey key = templates.key(plan, Isolation.ROLES);
			try (PlatformTemplates.Replacement replacement = templates.prepare(key, plan, name()).orElseThrow()) {
				try (Connection other = this.database.connect()) {
					assertThat(replacement.swap(false)).isFalse();
					assertThat(other.isValid(1)).isTrue();
				}
				assertThat(this.database.query("SELECT name FROM stock.stock")).containsExactly("still here");
			}
			assertThat(left()).isEmpty();
			try (Connection other = this.database.connect();
					PlatformTemplates.Replacement replacement = templates.prepare(key, plan, name()).orElseThrow()) {
				assertThat(replacement.swap(true)).isTrue();
			}
		}
		assertThat(this.database.query("SELECT name FROM stock.stock")).isEmpty();
		assertThat(left()).isEmpty();
	}

	@Test
	void aKilledProcessLeavesTheOldDatabaseOrTheNewAndNothingElseForLong() {
		run("reset", "--yes");
		String killed = "%016x".formatted(UUID.randomUUID().getMostSignificantBits());
		this.database.execute("CREATE DATABASE skein_copy_" + killed);
		this.database.execute("CREATE DATABASE skein_replaced_" + killed);
		assertThat(run("reset", "--yes").err()).endsWith(COPIED);
		assertThat(left()).isEmpty();
	}

	@Test
	void aReleaseOfTheCopyIsNamed() {
		run("reset", "--yes");
		CommandRun run = run("migrate", "--clean", "--yes", "--release", "clean");
		assertThat(run.err()).contains(COPIED).endsWith("Release: clean\n");
		assertThat(this.database.query("SELECT name FROM skein.releases")).containsExactly("clean");
	}

	@Test
	void aDatabaseThatWasDroppedByHandIsMadeAgainWithItsRights() {
		run("reset", "--yes");
		String rights = "SELECT count(*) FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase"
				+ " AND datname = current_database() JOIN aclexplode(datacl) a ON a.grantee = 'stock_app'::regrole";
		assertThat(this.database.query(rights)).containsExactly("2");
		TestServer.dropDatabase(this.database);
		assertThat(run("reset", "--yes").err()).endsWith(COPIED);
		assertThat(this.database.query(rights)).containsExactly("2");
		assertThat(runs()).containsExactly("clean applied", "migrate applied");
	}

	private List<String> left() {
		return this.database.query("SELECT datname FROM pg_database WHERE datname ~ '^skein_(copy|replaced)_'");
	}

	private List<String> story() {
		return this.database.query("SELECT concat_ws(' ', id, run, service, version, filename, checksum, success,"
				+ " kind, execution_time_ms) FROM skein.schema_migrations ORDER BY id");
	}

	private List<String> runs() {
		return this.database.query("SELECT command || ' ' || outcome FROM skein.runs ORDER BY started_at");
	}

	private String name() {
		return this.database.settings().database();
	}

	private CommandRun run(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.addAll(List.of("--services", this.folder.toString(), "--no-builtin"));
		return skein(all.toArray(String[]::new));
	}

	private CommandRun skein(String... arguments) {
		StringWriter out = new StringWriter();
		StringWriter err = new StringWriter();
		int code = CommandLineFace.run(arguments, new Embedding(this.database.settings()),
				new Surroundings(new PrintableWriter(out), new PrintableWriter(err),
						new BufferedReader(new StringReader("")), Map.of(), false, List.of(), CommandRun.HOME,
						() -> CommandRun.TODAY));
		return new CommandRun(code, out.toString(), err.toString());
	}

	private static JsonNode timeless(JsonNode report) {
		for (JsonNode node : report.findParents("durationMillis")) {
			((ObjectNode) node).put("durationMillis", 0);
		}
		((ObjectNode) report).remove("run");
		return report;
	}

	private static TestDatabase embedded(TestDatabase database) {
		ConnectionSettings settings = database.settings();
		return new TestDatabase(new ConnectionSettings(settings.host(), settings.port(), settings.database(),
				settings.user(), settings.password(), settings.options(), true));
	}

	/**
	 * The application, which takes a database of the tests' server for the embedded one.
	 */
	private record Embedding(ConnectionSettings settings) implements Backend {

		private static final Backend APPLICATION = new Application();

		@Override
		public EmbeddedServer embedded(Path home, Consumer<String> progress) {
			return new EmbeddedServer() {

				@Override
				public Path passwordFile() {
					throw new UnsupportedOperationException();
				}

				@Override
				public @Nullable Path socketFolder() {
					return null;
				}

				@Override
				public ConnectionSettings settings(String database) {
					return Embedding.this.settings;
				}

				@Override
				public void keepRunning(boolean keep) {
					throw new UnsupportedOperationException();
				}

				@Override
				public void close() {
					// It is the tests'.
				}

			};
		}

		@Override
		public Platform connect(ConnectionSettings target, Duration wait, boolean create, Consumer<String> progress) {
			return APPLICATION.connect(target, wait, create, progress);
		}

		@Override
		public ThrowAway throwAway(ConnectionSettings target, Collection<SchemaName> schemas,
				Consumer<String> progress) {
			return APPLICATION.throwAway(target, schemas, progress);
		}

		@Override
		public PlatformTemplates templates(ConnectionSettings target) {
			return APPLICATION.templates(target);
		}

		@Override
		public VersionWatch watch(ConnectionSettings target) {
			return APPLICATION.watch(target);
		}

		@Override
		public void serve(MigrationPlan plan, ConnectionSettings target, Serving serving, Runnable listening) {
			APPLICATION.serve(plan, target, serving, listening);
		}

	}

}
