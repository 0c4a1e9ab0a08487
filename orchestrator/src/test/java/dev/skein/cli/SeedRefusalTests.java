package dev.skein.cli;

import java.util.List;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static dev.skein.testing.CommandRun.on;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where seeds fail or are not run at all, and what they may not do.
 */
class SeedRefusalTests extends SeedFixture {

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
		this.platform.migration("stock", "V002__protect.sql",
				"-- transaction: none\n" + "INSERT INTO skein.protection (reason) VALUES ('late');");
		CommandRun run = run("migrate", "--isolation", "none", "--seed", "demo");
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.out()).containsPattern("Seed of service \"users\" failed\n  file      \\S+/cleo.sql\n"
				+ "  message   the database is protected by \"postgres\" since \\S+: late\n"
				+ "  way out   seeds are for databases that may lose their data: leave --seed out, or if this one may:"
				+ " skein unprotect\n");
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

}
