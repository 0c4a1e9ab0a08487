package dev.skein.cli;

import dev.skein.testing.CommandRun;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Data that is put there after the migrations.
 */
class SeedTests extends SeedFixture {

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
				+ "\"seeds/demo/cleo.sql\",\"outcome\":\"applied\",\"durationMillis\":?,\"error\":null,\"notices\":[]}");
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

}
