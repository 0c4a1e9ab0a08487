package dev.skein.cli;

import java.nio.file.Path;
import java.util.List;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static dev.skein.testing.CommandRun.on;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Data that is put there after the migrations.
 */
class SeedTests {

	private static final String LEDGER = "SELECT service || ' ' || filename || ' ' || success"
			+ " FROM skein.schema_migrations WHERE kind = 'seed' ORDER BY id";

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawThreeServicesWithSeeds() {
		this.platform = new PlatformFolder(this.folder).service("users", "tables: [users]")
			.migration("users", "V001__users.sql", "CREATE TABLE users (id int PRIMARY KEY, name text);")
			.seed("users", "development", "1_ada.sql", insert("users", "1, 'Ada'"))
			.seed("users", "development", "2_bob.sql", insert("users", "2, 'Bob'"))
			.seed("users", "demo", "cleo.sql", insert("users", "3, 'Cleo'"))
			.service("orders", "requires: [users]", "tables: [orders]")
			.migration("orders", "V001__orders.sql",
					"CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users.users, by text);")
			.seed("orders", "development", "first.sql", insert("orders", "1, 2, current_user"))
			.service("stock", "tables: [stock]")
			.migration("stock", "V001__stock.sql", "CREATE TABLE stock (id int PRIMARY KEY);")
			.seed("stock", "development", "stock.sql", insert("stock", "7"));
	}

	@Test
	void seedsWhenAllIsMigratedInTheOrderOfServicesAndNames() {
		CommandRun run = run("migrate", "--seed", "development");
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(timeless(run.out())).isEqualTo("""
				 SERVICE  SCHEMA  OUTCOME  VERSION   MIGRATIONS  TABLES  TIME
				 stock    stock   applied  - -> 001           1       1  ? ms
				 users    users   applied  - -> 001           1       1  ? ms
				 orders   orders  applied  - -> 001           1       1  ? ms

				 SERVICE  SEED                         OUTCOME  TIME
				 stock    seeds/development/stock.sql  applied  ? ms
				 users    seeds/development/1_ada.sql  applied  ? ms
				 users    seeds/development/2_bob.sql  applied  ? ms
				 orders   seeds/development/first.sql  applied  ? ms

				Applied 3 migrations and 4 seeds in ? s
				Verified: 3 of 3 promised tables found, none unexpected
				""");
		assertThat(timeless(run.err())).endsWith("""
				Running 4 seeds
				[1/4] stock seeds/development/stock.sql (? ms)
				[2/4] users seeds/development/1_ada.sql (? ms)
				[3/4] users seeds/development/2_bob.sql (? ms)
				[4/4] orders seeds/development/first.sql (? ms)
				""");
		assertThat(this.database.query("SELECT name FROM users.users ORDER BY id")).containsExactly("Ada", "Bob");
		assertThat(this.database.query("SELECT by FROM orders.orders")).as("as the service's own role")
			.containsExactly("skein_orders");
	}

	@Test
	void recordsEachSeedInItsOwnTransactionAndInNoHistory() {
		String run = json("migrate", "--seed", "development").at("/run").asString();
		assertThat(this.database.query(LEDGER)).containsExactly("stock seeds/development/stock.sql true",
				"users seeds/development/1_ada.sql true", "users seeds/development/2_bob.sql true",
				"orders seeds/development/first.sql true");
		assertThat(this.database.query("SELECT l.xmin = u.xmin FROM skein.schema_migrations l, users.users u"
				+ " WHERE l.filename = 'seeds/development/1_ada.sql' AND u.id = 1"))
			.containsExactly("t");
		assertThat(this.database.query(
				"SELECT DISTINCT command || ' ' || outcome || ' ' || r.id FROM skein.runs r JOIN skein.schema_migrations l"
						+ " ON l.run = r.id WHERE kind = 'seed' AND checksum IS NOT NULL AND version IS NULL"))
			.containsExactly("migrate applied " + run);
		assertThat(this.database.query("SELECT script FROM users.flyway_schema_history"))
			.containsExactly("V001__users.sql");
		assertThat(run("history", "--limit", "1").out()).contains("orders", "seeds/development/first.sql", "seeded");
	}

	@Test
	void seedsAgainWhereNothingIsPending() {
		run("migrate", "--seed", "development");
		this.database.execute("DELETE FROM orders.orders; UPDATE users.users SET name = 'edited' WHERE id = 1");
		CommandRun again = run("migrate", "--seed", "development");
		assertThat(again.code()).as(again.err()).isZero();
		assertThat(timeless(again.out())).isEqualTo("""
				Database "%s" is up to date: 3 services

				 SERVICE  SEED                         OUTCOME  TIME
				 stock    seeds/development/stock.sql  applied  ? ms
				 users    seeds/development/1_ada.sql  applied  ? ms
				 users    seeds/development/2_bob.sql  applied  ? ms
				 orders   seeds/development/first.sql  applied  ? ms

				Applied 0 migrations and 4 seeds in ? s
				Verified: 3 of 3 promised tables found, none unexpected
				""".formatted(name()));
		assertThat(this.database.query("SELECT id FROM orders.orders")).containsExactly("1");
		assertThat(this.database.query("SELECT name FROM users.users ORDER BY id")).containsExactly("edited", "Bob");
		assertThat(this.database.query(LEDGER)).hasSize(8);
		assertThat(this.database.query("SELECT command || ' ' || outcome FROM skein.runs"))
			.containsExactly("migrate applied", "migrate applied");
	}

	@Test
	void doesNothingElseWhereNoSeedIsAskedFor() {
		assertThat(json("migrate").at("/seeds").toString()).isEqualTo("[]");
		assertThat(run("migrate").out()).isEqualTo("Database \"" + name()
				+ "\" is up to date: 3 services, 3 of 3 promised tables found, none unexpected\n");
		assertThat(this.database.query("SELECT id FROM users.users")).isEmpty();
		assertThat(this.database.query("SELECT count(*) FROM skein.runs")).containsExactly("1");
	}

	@Test
	void bringsDataBackAfterAReset() {
		run("migrate", "--seed", "development");
		CommandRun reset = run("reset", "--seed", "demo,development", "--confirm", name());
		assertThat(reset.code()).as(reset.err()).isZero();
		assertThat(this.database.query("SELECT name FROM users.users ORDER BY id")).containsExactly("Ada", "Bob",
				"Cleo");
		CommandRun clean = run("migrate", "--clean", "--seed", "demo", "--confirm", name());
		assertThat(clean.code()).as(clean.err()).isZero();
		assertThat(this.database.query("SELECT name FROM users.users ORDER BY id")).containsExactly("Cleo");
	}

	@Test
	void seedsProfileByProfileAsTheyAreGiven() {
		JsonNode seeds = json("migrate", "--seed", "development", "--seed", "demo,development").at("/seeds");
		assertThat(seeds.valueStream().map((seed) -> seed.at("/script").asString())).containsExactly(
				"seeds/development/stock.sql", "seeds/development/1_ada.sql", "seeds/development/2_bob.sql",
				"seeds/development/first.sql", "seeds/demo/cleo.sql");
		assertThat(seeds.get(4).toString().replaceAll("\\d+", "?")).isEqualTo("{\"service\":\"users\",\"script\":"
				+ "\"seeds/demo/cleo.sql\",\"outcome\":\"applied\",\"durationMillis\":?,\"error\":null}");
	}

	@Test
	void seedsOnlyTheServicesThatAreMigrated() {
		run("migrate", "--only", "users", "--seed", "development");
		assertThat(this.database.query("SELECT name FROM users.users ORDER BY id")).containsExactly("Ada", "Bob");
		assertThat(this.database.tables()).containsExactly("users.users");
		CommandRun none = run("migrate", "--only", "stock", "--seed", "demo");
		assertThat(none.code()).isZero();
		assertThat(none.err()).startsWith("Note: none of these services has seeds of profile \"demo\"\n");
	}

	@Test
	void rollsBackAFailedSeedBlocksWhatRequiresItsServiceAndGoesOnElsewhere() {
		this.platform.seed("users", "development", "2_bob.sql", """
				INSERT INTO users VALUES (2, 'Bob');

				INSERT INTO users
				VALUES (1, 'Ada again');
				""").seed("users", "development", "3_dan.sql", insert("users", "4, 'Dan'"));
		CommandRun run = run("migrate", "--seed", "development", "--seed", "demo");
		assertThat(run.code()).isEqualTo(1);
		assertThat(timeless(this.platform.relative(run.out()))).endsWith(
				"""

						 SERVICE  SEED                         OUTCOME  TIME
						 stock    seeds/development/stock.sql  applied  ? ms
						 users    seeds/development/1_ada.sql  applied  ? ms
						 users    seeds/development/2_bob.sql  failed  ? ms
						 users    seeds/development/3_dan.sql  blocked by users  ? ms
						 orders   seeds/development/first.sql  blocked by users  ? ms
						 users    seeds/demo/cleo.sql          blocked by users  ? ms

						Seed of service "users" failed
						  file      users/seeds/development/2_bob.sql, line 3
						  SQLSTATE  23505
						  message   duplicate key value violates unique constraint "users_pkey"
						            DETAIL: Key (id)=(1) already exists.
						  way out   a seed runs again and again: write ON CONFLICT with DO UPDATE or DO NOTHING, then run it again

						Applied 3 migrations and 2 seeds in ? s; 1 seed failed; 3 seeds not run
						Verified: 3 of 3 promised tables found, none unexpected
						""");
		assertThat(run.err()).endsWith("Failed: users seeds/development/2_bob.sql\n");
		assertThat(this.database.query("SELECT name FROM users.users")).containsExactly("Ada");
		assertThat(this.database.query(LEDGER)).containsExactly("stock seeds/development/stock.sql true",
				"users seeds/development/1_ada.sql true", "users seeds/development/2_bob.sql false");
		assertThat(this.database.query("SELECT outcome FROM skein.runs")).containsExactly("failed");
		assertThat(this.database
			.query("SELECT checksum IS NOT NULL AND version IS NULL FROM skein.schema_migrations WHERE NOT success"))
			.containsExactly("t");

		JsonNode report = json("migrate", "--seed", "development");
		assertThat(report.at("/outcome").asString()).isEqualTo("failed");
		assertThat(report.at("/seeds").valueStream().map((seed) -> seed.at("/outcome").asString()))
			.containsExactly("applied", "applied", "failed", "blocked", "blocked");
		assertThat(report.at("/seeds/2/error/line").asInt()).isEqualTo(3);
	}

	@Test
	void runsNoSeedWhereAMigrationFailed() {
		this.platform.migration("users", "V002__wrong.sql", "SELECT nonsense;");
		CommandRun run = run("migrate", "--seed", "development");
		assertThat(run.code()).isEqualTo(1);
		assertThat(timeless(run.out())).contains("""

				No seed was run: service "users" failed, and seeds come when all is migrated

				Applied 2 migrations and 0 seeds in ? s; 1 service failed; 1 service not begun; 4 seeds not run
				""");
		assertThat(this.database.query("SELECT id FROM stock.stock")).isEmpty();
		assertThat(json("migrate", "--seed", "development").at("/seeds").valueStream())
			.allSatisfy((seed) -> assertThat(seed.at("/outcome").asString()).isEqualTo("blocked"))
			.hasSize(4);
	}

	@Test
	void runsNoSeedWhereAnAppliedFileWasEdited() {
		run("migrate");
		this.platform.migration("stock", "V001__stock.sql", "SELECT 1;");
		CommandRun run = run("migrate", "--seed", "development");
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.out())
			.contains("No seed was run: service \"stock\" failed, and seeds come when all is migrated");
		assertThat(this.database.query("SELECT id FROM users.users")).isEmpty();
	}

	@Test
	void refusesAProtectedDatabaseBeforeAnythingIsApplied() {
		on(this.database, "protect", "--reason", "it is the real one");
		for (List<String> options : List.of(List.of("--seed", "demo"), List.of("--seed", "demo", "--dry-run"))) {
			CommandRun run = run("migrate", options.toArray(String[]::new));
			assertThat(run.code()).isEqualTo(3);
			assertThat(run.err()).containsPattern("Error: database \"" + name()
					+ "\" is protected by \"postgres\" since"
					+ " \\S+: it is the real one; nothing was touched\n  seeds are for databases that may lose their"
					+ " data: leave --seed out, or if this one may: skein unprotect\n$");
			assertThat(this.database.tables()).isEmpty();
		}
		assertThat(run("migrate").code()).isZero();
	}

	@Test
	void runsNoSeedOnADatabaseThatWasProtectedMeanwhile() {
		run("migrate", "--isolation", "none");
		this.platform.migration("stock", "V002__protect.sql", "INSERT INTO skein.protection (reason) VALUES ('late');");
		CommandRun run = run("migrate", "--isolation", "none", "--seed", "demo");
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.out()).containsPattern("Seed of service \"users\" failed\n  file      \\S+/cleo.sql\n"
				+ "  message   the database is protected by \"postgres\" since \\S+: late\n"
				+ "  way out   seeds are for databases that may lose their data: leave --seed out, or if this one may:"
				+ " skein unprotect\n");
		assertThat(this.database.query("SELECT id FROM users.users")).isEmpty();
	}

	@Test
	void showsInADryRunWhatWouldBeSeeded() {
		assertThat(run("migrate", "--only", "orders", "--seed", "development", "--dry-run").out()).isEqualTo("""
				1. users
				     V001__users.sql
				2. orders, after users
				     V001__orders.sql
				Seeds:
				     users seeds/development/1_ada.sql
				     users seeds/development/2_bob.sql
				     orders seeds/development/first.sql
				""");
		assertThat(this.database.tables()).isEmpty();
		run("migrate");
		assertThat(run("migrate", "--seed", "demo", "--dry-run").out())
			.isEqualTo("Seeds:\n     users seeds/demo/cleo.sql\n");
		assertThat(run("migrate", "--dry-run").out()).isEqualTo("Nothing to do.\n");
		assertThat(json("migrate", "--seed", "demo", "--dry-run").toString())
			.isEqualTo("{\"steps\":[],\"seeds\":[{\"service\":\"users\",\"script\":\"seeds/demo/cleo.sql\"}]}");
		assertThat(this.database.query("SELECT id FROM users.users")).isEmpty();
	}

	@Test
	void refusesAProfileThatNoServiceHas() {
		assertThat(run("migrate", "--seed", "developement")).isEqualTo(new CommandRun(2, "", """
				Error: no service has seeds of profile "developement"
				  known profiles: demo, development; did you mean "development"?
				"""));
		assertThat(run("reset", "--seed", "demo,../x")).isEqualTo(new CommandRun(2, "", """
				Error: no service has seeds of profile "../x"
				  known profiles: demo, development
				"""));
		assertThat(run("migrate", "--seed", "demo", "--target", "users@1")).isEqualTo(new CommandRun(2, "", """
				Error: --seed and --target exclude each other
				  seeds are for services that are migrated to their end
				"""));
		PlatformFolder bare = new PlatformFolder(this.folder.resolve("bare")).service("bare")
			.migration("bare", "V1__t.sql", "SELECT 1;");
		assertThat(on(this.database, bare, "migrate", "--seed", "demo").err()).isEqualTo("""
				Error: no service has seeds of profile "demo"
				  no service has any seeds yet: they are files seeds/PROFILE/*.sql beside its manifest
				""");
	}

	@Test
	void aSeedCannotWriteIntoAnotherServicesSchema() {
		this.platform.seed("stock", "demo", "sly.sql", "INSERT INTO users.users VALUES (666, 'sly');")
			.seed("orders", "demo", "sly.sql", "UPDATE users.users SET name = 'sly';");
		JsonNode seeds = json("migrate", "--seed", "demo").at("/seeds");
		assertThat(seeds.valueStream()
			.map((seed) -> seed.at("/service").asString() + " " + seed.at("/error/sqlState").asString("")))
			.containsExactly("stock 42501", "users ", "orders 42501");
		assertThat(this.database.query("SELECT name FROM users.users")).containsExactly("Cleo");
	}

	@Test
	void runsNoSeedAsTheGivenUserWhereServicesHaveRolesOfTheirOwn() {
		run("migrate");
		for (CommandRun run : List.of(run("migrate", "--seed", "demo", "--isolation", "none"),
				run("migrate", "--seed", "demo", "--isolation", "none", "--dry-run"))) {
			assertThat(run.code()).isEqualTo(3);
			assertThat(run.err()).endsWith("""
					Error: these schemas belong to roles of their own: "users"
					  run without --isolation none, or take them back with: skein isolation none
					""");
		}
		assertThat(this.database.query("SELECT id FROM users.users")).isEmpty();
	}

	@Test
	void aSeedThatCreatesSomethingOutsideItsSchemaIsRefusedWithoutRolesToo() {
		this.platform.seed("stock", "demo", "sly.sql", "CREATE TABLE users.sly ();");
		JsonNode seed = json("migrate", "--isolation", "none", "--seed", "demo").at("/seeds/0");
		assertThat(seed.at("/error/message").asString())
			.startsWith("service \"stock\" created outside its schema \"stock\": table users.sly");
		assertThat(this.database.tables()).doesNotContain("users.sly");
	}

	@Test
	void aPlaceholderAndAnyFileNameAreLeftAlone() {
		this.platform.seed("users", "demo", "V1__Übung ’n’ so.sql", insert("users", "9, '${name}'"));
		CommandRun run = run("migrate", "--seed", "demo");
		assertThat(run.code()).as(run.out()).isZero();
		assertThat(this.database.query("SELECT name FROM users.users WHERE id = 9")).containsExactly("${name}");
	}

	@Test
	void validateCountsSeeds() {
		assertThat(run("validate").out()).isEqualTo("Valid: 3 services, 3 migrations, 0 undo scripts, 5 seeds\n");
		assertThat(json("validate").at("/seeds").asInt()).isEqualTo(5);
	}

	private static String insert(String table, String values) {
		return "INSERT INTO " + table + " VALUES (" + values + ") ON CONFLICT DO NOTHING;";
	}

	private CommandRun run(String command, String... options) {
		String[] all = new String[options.length + 1];
		all[0] = command;
		System.arraycopy(options, 0, all, 1, options.length);
		return on(this.database, this.platform, all);
	}

	private JsonNode json(String command, String... options) {
		String[] all = new String[options.length + 2];
		System.arraycopy(options, 0, all, 0, options.length);
		all[options.length] = "--output";
		all[options.length + 1] = "json";
		return run(command, all).json();
	}

	private String name() {
		return this.database.settings().database();
	}

	private static String timeless(String text) {
		return text.replaceAll(" +\\d+ ms", "  ? ms")
			.replaceAll("\\(\\s*\\? ms", "(? ms")
			.replaceAll("\\d+\\.\\d+ s", "? s")
			.replaceAll("(?m) +TIME$", "  TIME")
			.replaceAll("\\(\\d+ ms\\)", "(? ms)");
	}

}
