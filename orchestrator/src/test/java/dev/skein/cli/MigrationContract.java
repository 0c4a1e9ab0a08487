package dev.skein.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.skein.Application;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.CatalogSnapshot;
import dev.skein.migration.PlatformDatabase;
import dev.skein.testing.ReferencePlatform;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static dev.skein.testing.CommandRun.on;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What migrating means, on any PostgreSQL: the same facts on the embedded server and in a
 * container.
 */
abstract class MigrationContract {

	@TempDir
	Path folder;

	PlatformFolder platform;

	TestDatabase database;

	abstract TestDatabase freshDatabase();

	@BeforeEach
	void drawThreeServices() {
		this.database = freshDatabase();
		this.platform = new PlatformFolder(this.folder);
		this.platform.service("users", "referenced_by: [orders]", "tables: [users]")
			.migration("users", "V001__create_users.sql", "CREATE TABLE users (id int PRIMARY KEY);")
			.service("orders", "requires: [users]", "tables: [orders]")
			.migration("orders", "V001__create_orders.sql",
					"CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users.users);")
			.service("stock", "tables: [stock]")
			.migration("stock", "V001__create_stock.sql", "CREATE TABLE stock (id int PRIMARY KEY, name text);");
	}

	@Test
	void migratesTheReferencePlatformAndThenFindsNothingToDo() {
		CommandRun first = on(this.database, "migrate", "--output", "json");
		assertThat(first.code()).as(first.err()).isZero();
		assertThat(first.json().at("/outcome").asString()).isEqualTo("applied");
		assertThat(first.json().at("/services").size()).isEqualTo(ReferencePlatform.SERVICES);
		assertThat(first.json().at("/tables/expected").asInt()).isEqualTo(ReferencePlatform.TABLES);
		assertThat(first.json().at("/tables/found").asInt()).isEqualTo(ReferencePlatform.TABLES);
		assertThat(first.json().at("/tables/missing").isEmpty()).isTrue();
		assertThat(first.json().at("/tables/unexpected").isEmpty()).isTrue();
		assertThat(this.database.tables()).hasSize(ReferencePlatform.TABLES);

		CommandRun second = on(this.database, "migrate", "--output", "json");
		assertThat(second.code()).isZero();
		assertThat(second.json().at("/outcome").asString()).isEqualTo("up-to-date");
		assertThat(on(this.database, "status", "--exit-code").code()).isZero();
		assertThat(on(this.database, "verify").code()).isZero();
	}

	@Test
	void goesBackToAReleaseAndToNothingAndForwardAgainToTheSameCatalog() {
		String name = this.database.settings().database();
		assertThat(on(this.database, "migrate", "--target", "git-integration@002", "--release", "middle").code())
			.isZero();
		assertThat(on(this.database, "migrate").code()).isZero();
		CatalogSnapshot all = snapshot();
		CommandRun back = on(this.database, "rollback", "--to", "middle", "--confirm", name, "--output", "json");
		assertThat(back.code()).as(back.out() + back.err()).isZero();
		assertThat(back.json().at("/undone").valueStream().map((one) -> one.at("/service").asString()).distinct())
			.contains("git-integration", "requirement-processor", "tech-stack-selector");
		CatalogSnapshot middle = snapshot();
		assertThat(on(this.database, "migrate").code()).isZero();
		assertThat(all.differencesTo(snapshot())).isEmpty();
		assertThat(on(this.database, "rollback", "--to", "middle", "--confirm", name).code()).isZero();
		assertThat(middle.differencesTo(snapshot())).isEmpty();

		CommandRun nothing = on(this.database, "rollback", "--to", "core@0", "--confirm", name);
		assertThat(nothing.code()).as(nothing.out() + nothing.err()).isZero();
		assertThat(this.database.tables()).isEmpty();
		assertThat(on(this.database, "migrate").code()).isZero();
		assertThat(all.differencesTo(snapshot())).isEmpty();
	}

	private CatalogSnapshot snapshot() {
		List<SchemaName> schemas = ReferencePlatform.PLAN.services().stream().map(ServiceDefinition::schema).toList();
		Backend.Platform connected = new Application().connect(this.database.settings(), Duration.ZERO, false,
				(line) -> {
				});
		try (PlatformDatabase open = connected.database()) {
			return open.snapshot(schemas);
		}
	}

	@Test
	void appliesOnlyTheFileThatWasAdded() {
		migrate();
		this.platform.migration("stock", "V002__add_shelf.sql", "ALTER TABLE stock ADD shelf text;");
		JsonNode report = migrate().json();
		assertThat(report.at("/outcome").asString()).isEqualTo("applied");
		assertThat(
				service(report, "stock").at("/migrations").valueStream().map((file) -> file.at("/script").asString()))
			.containsExactly("V002__add_shelf.sql");
		assertThat(service(report, "stock").at("/from").asString()).isEqualTo("001");
		assertThat(service(report, "stock").at("/to").asString()).isEqualTo("002");
		assertThat(service(report, "users").at("/outcome").asString()).isEqualTo("up-to-date");
	}

	@Test
	void reportsAFailureBlocksWhatRequiresItAndGoesOnElsewhere() {
		this.platform.migration("users", "V002__add_mail.sql", """
				-- two lines of comment
				-- before the statement
				ALTER TABLE users ADD mail text;

				ALTER TABLE users
				    ADD CONSTRAINT mail_is_there
				    CHECK (male IS NOT NULL);
				""");
		CommandRun run = migrate();
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.json().at("/outcome").asString()).isEqualTo("failed");
		JsonNode users = service(run.json(), "users");
		assertThat(users.at("/outcome").asString()).isEqualTo("failed");
		assertThat(users.at("/to").asString()).isEqualTo("001");
		assertThat(users.at("/migrations").size()).isOne();
		assertThat(users.at("/error/migration").asString()).isEqualTo("V002__add_mail.sql");
		assertThat(users.at("/error/file").asString()).endsWith("users/migrations/V002__add_mail.sql");
		assertThat(users.at("/error/line").asInt()).isEqualTo(5);
		assertThat(users.at("/error/sqlState").asString()).isEqualTo("42703");
		assertThat(users.at("/error/message").asString()).isEqualTo("""
				column "male" does not exist
				HINT: Perhaps you meant to reference the column "users.mail".""");
		assertThat(users.at("/error/hint").asString())
			.isEqualTo("check the column's name: without double quotes PostgreSQL reads it in small letters");
		assertThat(service(run.json(), "orders").at("/outcome").asString()).isEqualTo("blocked");
		assertThat(service(run.json(), "orders").at("/blockedBy").asString()).isEqualTo("users");
		assertThat(service(run.json(), "stock").at("/outcome").asString()).isEqualTo("applied");
		assertThat(this.database.query("SELECT column_name FROM information_schema.columns WHERE table_name = 'users'"))
			.as("the failed file is rolled back whole")
			.containsExactly("id");
		CommandRun status = on(this.database, this.platform, "status", "--exit-code");
		assertThat(status.code()).isEqualTo(4);
		assertThat(status.out()).containsPattern("users +users +001 +1 +failed")
			.containsPattern("users: \"V002__add_mail.sql\" failed at \\S+: column \"male\" does not exist\\R")
			.contains("  it was rolled back: fix the file, then run skein migrate again\n");
		assertThat(service(on(this.database, this.platform, "status", "--output", "json").json(), "users").at("/state")
			.asString()).isEqualTo("failed");

		this.platform.migration("users", "V002__add_mail.sql", "ALTER TABLE users ADD mail text;");
		CommandRun mended = migrate();
		assertThat(mended.code()).as(mended.err()).isZero();
		assertThat(service(mended.json(), "orders").at("/outcome").asString()).isEqualTo("applied");
		assertThat(service(mended.json(), "stock").at("/outcome").asString()).isEqualTo("up-to-date");
	}

	@Test
	void buildsAnIndexConcurrentlyAndTriesAgainAfterItFailed() {
		this.platform.migration("stock", "V002__duplicate.sql", "INSERT INTO stock VALUES (1, 'a'), (2, 'a');")
			.migration("stock", "V003__index.sql", "CREATE UNIQUE INDEX CONCURRENTLY stock_name ON stock (name);");
		CommandRun failed = migrate();
		assertThat(failed.code()).isEqualTo(1);
		assertThat(service(failed.json(), "stock").at("/error/sqlState").asString()).isEqualTo("23505");
		assertThat(failed.json().at("/invalidIndexes").valueStream().map(JsonNode::asString))
			.containsExactly("stock.stock_name");
		assertThat(on(this.database, this.platform, "status").out()).contains("failed");

		this.database.execute("DELETE FROM stock.stock WHERE id = 2");
		CommandRun again = migrate();
		assertThat(again.code()).as(again.out()).isZero();
		assertThat(again.err()).contains("Dropped index stock.stock_name, left by an attempt");
		assertThat(
				this.database.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'stock.stock_name'::regclass"))
			.containsExactly("t");
	}

	@Test
	void stopsBeforeAnythingIsAppliedWhereAnAppliedFileWasEdited() {
		migrate();
		this.platform.migration("stock", "V001__create_stock.sql", "CREATE TABLE stock (id bigint);")
			.migration("users", "V002__add_mail.sql", "ALTER TABLE users ADD mail text;");
		CommandRun run = migrate();
		assertThat(run.code()).isEqualTo(1);
		assertThat(service(run.json(), "stock").at("/error/message").asString())
			.contains("was edited after it was applied");
		assertThat(service(run.json(), "users").at("/outcome").asString()).isEqualTo("blocked");
		assertThat(service(run.json(), "users").at("/blockedBy").asString()).isEqualTo("stock");
		assertThat(this.database.query("SELECT version FROM users.flyway_schema_history")).containsExactly("001");
	}

	@Test
	void refusesAVersionThatArrivesLateUnlessToldToApplyIt() {
		this.platform.migration("stock", "V003__add_shelf.sql", "ALTER TABLE stock ADD shelf text;");
		migrate();
		this.platform.migration("stock", "V002__add_room.sql", "ALTER TABLE stock ADD room text;");
		JsonNode refused = service(migrate().json(), "stock");
		assertThat(refused.at("/outcome").asString()).isEqualTo("failed");
		assertThat(refused.at("/error/message").asString())
			.isEqualTo("version 002 (\"V002__add_room.sql\") arrives late: version 003 is applied already");
		assertThat(refused.at("/error/hint").asString())
			.isEqualTo("give it a version above 003, or apply it all the same with: skein migrate --out-of-order");
		CommandRun status = on(this.database, this.platform, "status", "--output", "json");
		assertThat(service(status.json(), "stock").at("/state").asString()).isEqualTo("pending");
		assertThat(service(status.json(), "stock").at("/pending/0/version").asString()).isEqualTo("002");
		assertThat(service(status.json(), "stock").at("/faults/0").asString()).contains("arrives late");

		CommandRun allowed = on(this.database, this.platform, "migrate", "--out-of-order", "--output", "json");
		assertThat(allowed.code()).as(allowed.out()).isZero();
		assertThat(service(allowed.json(), "stock").at("/migrations/0/version").asString()).isEqualTo("002");
		assertThat(service(allowed.json(), "stock").at("/to").asString()).isEqualTo("003");
		assertThat(on(this.database, this.platform, "status", "--exit-code").code()).isZero();
		assertThat(migrate().json().at("/outcome").asString()).isEqualTo("up-to-date");
	}

	@Test
	void changesNothingInADryRun() {
		CommandRun run = on(this.database, this.platform, "migrate", "--dry-run", "--output", "json");
		assertThat(run.code()).isZero();
		assertThat(run.json().at("/steps").valueStream().map((step) -> step.at("/service").asString()))
			.containsExactly("stock", "users", "orders");
		assertThat(
				this.database.query("SELECT nspname FROM pg_namespace WHERE nspname IN ('users', 'orders', 'stock')"))
			.isEmpty();
	}

	@Test
	void migratesOneServiceWithWhatItRequires() {
		assertThat(on(this.database, this.platform, "migrate", "--only", "orders").code()).isZero();
		assertThat(this.database.tables()).containsExactly("orders.orders", "users.users");
	}

	@Test
	void migratesUpToATarget() {
		this.platform.migration("stock", "V002__add_shelf.sql", "CREATE TABLE shelf ();")
			.service("stock", "tables: [stock, shelf]");
		CommandRun run = on(this.database, this.platform, "migrate", "--target", "stock@1");
		assertThat(run.code()).as(run.out()).isZero();
		assertThat(this.database.tables()).containsExactly("stock.stock");
	}

	@Test
	void findsTablesThatAreMissingOrThatNobodyPromised() {
		this.platform.service("stock", "tables: [stock, shelves]")
			.migration("stock", "V002__helper.sql", "CREATE TABLE helper (); CREATE TABLE helper2 ();");
		CommandRun migrated = migrate();
		assertThat(migrated.code()).isEqualTo(1);
		assertThat(migrated.json().at("/tables").toString()).isEqualTo("{\"expected\":4,\"found\":5,"
				+ "\"missing\":[\"stock.shelves\"],\"unexpected\":[\"stock.helper\",\"stock.helper2\"],\"outside\":[]}");
		CommandRun verified = on(this.database, this.platform, "verify");
		assertThat(verified.code()).isEqualTo(1);
		assertThat(verified.out()).isEqualTo("""
				Not verified: 3 of 4 promised tables found, 2 unexpected
				Missing tables:
				  stock.shelves
				  way out: a migration dropped or never created them: add one that does, or take them out of tables
				Unexpected tables:
				  stock.helper
				  stock.helper2
				  way out: add them to tables in the service's manifest, or drop them with: skein prune
				""");
	}

	@Test
	void prunesTablesThatNobodyPromisedAndNoOthers() {
		migrate();
		this.database.execute("CREATE TABLE stock.backup (); CREATE TABLE public.elsewhere ();"
				+ " CREATE SCHEMA foreign_one; CREATE TABLE foreign_one.t ();");
		CommandRun wrong = on(this.database, this.platform, "prune", "--confirm", "another");
		assertThat(wrong.code()).isEqualTo(2);
		assertThat(this.database.tables()).contains("stock.backup");

		CommandRun run = on(this.database, this.platform, "prune", "--confirm", name());
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(this.database.tables()).containsExactly("foreign_one.t", "orders.orders", "public.elsewhere",
				"stock.stock", "users.users");
	}

	@Test
	void prunesNothingWhereSomethingDependsOnATable() {
		migrate();
		this.database
			.execute("CREATE TABLE stock.backup (id int); CREATE VIEW stock.shown AS SELECT id FROM stock.backup");
		CommandRun run = on(this.database, this.platform, "prune", "--confirm", name());
		assertThat(run.code()).as(run.err()).isEqualTo(1);
		assertThat(run.err()).endsWith("""
				Error: other objects depend on these tables, nothing was dropped:
				  view stock.shown depends on table stock.backup
				  drop them first, or add the tables to tables in the service's manifest
				""");
		assertThat(this.database.tables()).contains("stock.backup");
	}

	@Test
	void cleansOnlyAfterTheNameOfTheDatabaseWasGiven() {
		migrate();
		this.database.execute("INSERT INTO stock.stock VALUES (1); CREATE TABLE public.left_over ();"
				+ " CREATE SCHEMA foreign_one; CREATE TABLE foreign_one.t ();");
		for (String[] refused : List.of(new String[] { "migrate", "--clean" },
				new String[] { "migrate", "--clean", "--yes" }, new String[] { "reset", "--confirm", "another" })) {
			CommandRun run = on(this.database, this.platform, refused);
			assertThat(run.code()).as(run.err()).isEqualTo(2);
			assertThat(this.database.query("SELECT id FROM stock.stock")).containsExactly("1");
		}
		CommandRun run = CommandRun.answering(name() + "\n", this.database, this.platform, "migrate", "--clean");
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(this.database.query("SELECT id FROM stock.stock")).isEmpty();
		assertThat(this.database.tables()).containsExactly("foreign_one.t", "orders.orders", "stock.stock",
				"users.users");
	}

	@Test
	void showsWhatElsewhereWouldBeLostBeforeItCleans() {
		migrate();
		this.database
			.execute("CREATE SCHEMA foreign_one; CREATE TABLE foreign_one.t (user_id int REFERENCES users.users);"
					+ " CREATE VIEW foreign_one.v AS SELECT id FROM stock.stock");
		CommandRun run = on(this.database, this.platform, "migrate", "--clean");
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).contains("""
				And what depends on it in other schemas, which no migration here makes again:
				  constraint t_user_id_fkey on table foreign_one.t
				  rule _RETURN on view foreign_one.v
				""");
		this.database.execute("DROP SCHEMA foreign_one CASCADE");
		assertThat(on(this.database, this.platform, "migrate", "--clean").err()).doesNotContain("other schemas");
	}

	@Test
	void refusesInADryRunWhatTheRunWouldRefuse() {
		migrate();
		this.platform.migration("stock", "V001__create_stock.sql", "SELECT 1;")
			.migration("stock", "V002__more.sql", "SELECT 2;");
		CommandRun run = on(this.database, this.platform, "migrate", "--dry-run", "--output", "json");
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.json().at("/steps").isEmpty()).isTrue();
		assertThat(run.err()).contains("Refused: stock: \"V001__create_stock.sql\" was edited after it was applied");
	}

	@Test
	void keepsUnqualifiedNamesInsideTheServicesOwnSchema() {
		this.database.execute("CREATE TABLE public.users (id int); CREATE TABLE public.other (id int)");
		this.platform.migration("users", "V002__alter.sql", "ALTER TABLE users ADD mail text;")
			.migration("users", "V003__trespass.sql", "ALTER TABLE other ADD mail text;");
		CommandRun run = migrate();
		assertThat(service(run.json(), "users").at("/error/sqlState").asString()).isEqualTo("42P01");
		assertThat(
				this.database.query("SELECT table_schema FROM information_schema.columns WHERE column_name = 'mail'"))
			.containsExactly("users");
	}

	@Test
	void leavesAPlaceholderInTheSqlAlone() {
		this.platform.migration("stock", "V002__text.sql", "INSERT INTO stock VALUES (1, '${not_ours}');");
		assertThat(migrate().code()).isZero();
		assertThat(this.database.query("SELECT name FROM stock.stock")).containsExactly("${not_ours}");
	}

	@Test
	void refusesASchemaThatSomebodyElseFilled() {
		this.database.execute("CREATE SCHEMA stock; CREATE TABLE stock.theirs ()");
		CommandRun run = migrate();
		assertThat(run.code()).isEqualTo(1);
		assertThat(service(run.json(), "stock").at("/error/hint").asString())
			.isEqualTo("the schema was filled by something else: empty it, or take it over with:"
					+ " skein baseline SERVICE@VERSION");
		assertThat(this.database.tables()).contains("stock.theirs").doesNotContain("stock.stock");
	}

	@Test
	void takesOddButLegalNames() {
		this.platform.manifest("odd", """
				service: odd
				schema: 'Über "x" %s'
				tables: ['a "table"', 'Zwölf']
				""".formatted("y".repeat(52)))
			.migration("odd", "V1__one.sql", "CREATE TABLE \"a \"\"table\"\"\" (); CREATE TABLE \"Zwölf\" ();");
		CommandRun run = migrate();
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(migrate().json().at("/outcome").asString()).isEqualTo("up-to-date");
		assertThat(on(this.database, this.platform, "reset", "--confirm", name()).code()).isZero();
	}

	@Test
	void runsServicesInParallelAndAlone() {
		for (int i = 0; i < 12; i++) {
			String service = "s" + i;
			this.platform.service(service, "tables: [t]")
				.migration(service, "V1__t.sql", "CREATE TABLE t (id int); SELECT pg_sleep(0.05);")
				.migration(service, "V2__i.sql", "CREATE INDEX CONCURRENTLY ON t (id);")
				.migration(service, "V3__more.sql", "ALTER TABLE t ADD x int; SELECT pg_sleep(0.05);");
		}
		CommandRun run = on(this.database, this.platform, "migrate", "--jobs", "6", "--output", "json");
		assertThat(run.code()).as(run.out()).isZero();
		assertThat(run.json().at("/tables/found").asInt()).isEqualTo(15);
	}

	CommandRun migrate() {
		return on(this.database, this.platform, "migrate", "--output", "json");
	}

	String name() {
		return this.database.settings().database();
	}

	static JsonNode service(JsonNode report, String name) {
		return report.at("/services")
			.valueStream()
			.filter((service) -> service.at("/service").asString().equals(name))
			.findFirst()
			.orElseThrow();
	}

}
