package dev.skein.cli;

import java.util.List;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlainFlyway;
import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static dev.skein.testing.CommandRun.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What becomes of schemas that do not belong to roles: left as they are, taken over, and
 * given back.
 */
abstract class TakeoverContract extends IsolationFixture {

	@Test
	void withoutIsolationItSaysSoAndLooksWhatEachFileCreatedWhere() {
		this.platform
			.migration("intruder", "V002__out.sql", "CREATE TABLE neighbour.mine (); CREATE TYPE public.mood AS"
					+ " ENUM ('so'); CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TABLE inside ();");
		this.database.execute("GRANT CREATE ON SCHEMA public TO platform_caller");
		CommandRun run = migrate("--isolation", "none");
		assertThat(run.err().lines().skip(1))
			.startsWith("Isolation: none, every file runs as \"" + this.caller.settings().user() + "\"");
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.out())
			.contains("service \"intruder\" created outside its schema \"intruder\": function public.f() in"
					+ " schema public, table neighbour.mine in schema neighbour, type public.mood in schema public");
		assertThat(this.database
			.query("SELECT to_regclass('neighbour.mine') IS NULL AND to_regtype('public.mood') IS NULL"))
			.containsExactly("t");
		assertThat(this.database.query("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'intruder'"))
			.containsExactly(this.caller.settings().user());
	}

	@Test
	void takesOverWhatPlainFlywayMigratedAndGivesItBack() {
		this.platform.migration("intruder", "V002__all_kinds.sql", """
				CREATE VIEW v AS SELECT 1 AS one;
				CREATE MATERIALIZED VIEW m AS SELECT 1 AS one;
				CREATE SEQUENCE s;
				CREATE TABLE serial (id bigserial PRIMARY KEY, at timestamptz) ;
				CREATE TABLE parted (id int) PARTITION BY RANGE (id);
				CREATE TABLE part PARTITION OF parted DEFAULT;
				CREATE TYPE mood AS ENUM ('so');
				CREATE TYPE pair AS (a int, b int);
				CREATE TYPE span AS RANGE (subtype = int);
				CREATE DOMAIN positive AS int CHECK (VALUE > 0);
				CREATE FUNCTION "Odd name"(x int, y text) RETURNS int LANGUAGE sql AS 'SELECT 1';
				CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';
				CREATE AGGREGATE number(*) (SFUNC = int8inc, STYPE = int8, INITCOND = '0');
				CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int);
				CREATE STATISTICS st ON id, at FROM serial;
				CREATE COLLATION c FROM "C";
				CREATE TEXT SEARCH CONFIGURATION words (COPY = pg_catalog.simple);""");
		this.platform.service("intruder", "requires: [required]", "tables: [own, serial, parted]");
		for (String service : List.of("neighbour", "required", "intruder")) {
			PlainFlyway.on(this.caller, this.platform, service).migrate();
		}
		TestDatabase reader = withLeastRights("other");
		CommandRun shown = on(this.caller, this.platform, "isolation", "roles", "--dry-run");
		assertThat(shown.out()).as(shown.err())
			.contains("Service \"intruder\": owned by \"" + this.caller.settings().user()
					+ "\", goes to \"skein_intruder\"\n  schema intruder\n");
		assertThat(owners()).containsExactly(this.caller.settings().user());

		CommandRun taken = on(this.caller, this.platform, "isolation", "roles", "--confirm", name());
		assertThat(taken.code()).as(taken.err()).isZero();
		assertThat(owners()).containsExactly("skein_intruder");
		this.platform.migration("intruder", "V003__more.sql", "ALTER TABLE parted ADD x int; SELECT * FROM required.t;"
				+ " ALTER TYPE mood RENAME VALUE 'so' TO 'lala';");
		assertThat(migrate().code()).isZero();
		assertThat(on(this.caller, this.platform, "isolation", "roles").out())
			.isEqualTo("Nothing to change: every schema that is there belongs to its role.\n");
		assertThat(migrate("--isolation", "none").code()).as("nothing is pending").isZero();

		CommandRun back = on(this.caller, this.platform, "isolation", "none", "--confirm", name());
		assertThat(back.code()).as(back.err()).isZero();
		assertThat(owners()).containsExactly(this.caller.settings().user());
		this.platform.migration("intruder", "V004__more.sql", "ALTER TABLE parted ADD y int;");
		assertThat(migrate("--isolation", "none").code()).isZero();
		assertThatThrownBy(() -> reader.query("SELECT * FROM intruder.own")).rootCause().hasMessageContaining("denied");
	}

	@Test
	void whoOwnedItBeforeGoesOnReadingAndWriting() {
		TestDatabase former = withLeastRights("former");
		for (String service : List.of("neighbour", "required", "intruder")) {
			PlainFlyway.on(former, this.platform, service).migrate();
		}
		assertThat(on(this.caller, this.platform, "isolation", "roles").err()).contains("user \""
				+ this.caller.settings().user() + "\" cannot transfer what \"" + former.settings().user() + "\" owns");
		assertThat(on(this.database, this.platform, "isolation", "roles", "--confirm", name()).code()).isZero();
		former.execute("INSERT INTO intruder.own VALUES (1)");
		assertThatThrownBy(() -> former.execute("DROP TABLE intruder.own")).rootCause()
			.hasMessageContaining("must be owner");
	}

	@Test
	void showsWhichCodeGetsTheRightsOfTheGivenUser() {
		this.platform.migration("intruder", "V002__definer.sql",
				"CREATE FUNCTION helpful() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';");
		migrate();
		assertThat(on(this.caller, this.platform, "isolation", "none", "--dry-run").out())
			.contains("  Careful: function intruder.helpful() will run with the rights of \"platform_caller\", whoever"
					+ " calls it\n");
	}

	@Test
	void aSchemaOfSomebodyElseIsMigratedAsBeforeAndNamed() {
		PlainFlyway.on(this.caller, this.platform, "required").migrate();
		this.platform.migration("required", "V002__more.sql", "CREATE TABLE more ();")
			.service("required", "referenced_by: [intruder]", "tables: [t, more]");
		this.platform.migration("intruder", "V001__own.sql", "CREATE TABLE own (id int);");
		CommandRun run = migrate();
		assertThat(run.code()).as(run.out()).isZero();
		assertThat(run.err())
			.contains("Not isolated: required; schemas that somebody else created are brought under roles"
					+ " of their own with: skein isolation roles\n");
		assertThat(this.database.query("SELECT tableowner FROM pg_tables WHERE tablename = 'more'"))
			.containsExactly(this.caller.settings().user());
		assertThat(this.database.query("SELECT tableowner FROM pg_tables WHERE tablename = 'own'"))
			.containsExactly("skein_intruder");
	}

	@Test
	void noKeyRefersToATableOfTheGivenUserUntilItsServiceHasARole() {
		PlainFlyway.on(this.caller, this.platform, "required").migrate();
		CommandRun refused = migrate("--output", "json");
		JsonNode intruder = refused.json()
			.at("/services")
			.valueStream()
			.filter((one) -> one.at("/service").asString().equals("intruder"))
			.findFirst()
			.orElseThrow();
		assertThat(intruder.at("/error/message").asString()).isEqualTo("permission denied for table t");
		assertThat(intruder.at("/error/hint").asString())
			.endsWith("; a schema that does not belong to its own role first needs: skein isolation roles");
		on(this.caller, this.platform, "isolation", "roles", "--confirm", name());
		assertThat(migrate().code()).isZero();
	}

	private List<String> owners() {
		return this.database.query("""
				SELECT DISTINCT pg_get_userbyid(owner) FROM (
				    SELECT relowner AS owner, relnamespace AS schema FROM pg_class
				    UNION ALL SELECT proowner, pronamespace FROM pg_proc p WHERE NOT EXISTS (SELECT FROM pg_depend d
				        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
				    UNION ALL SELECT typowner, typnamespace FROM pg_type
				    UNION ALL SELECT stxowner, stxnamespace FROM pg_statistic_ext
				    UNION ALL SELECT collowner, collnamespace FROM pg_collation
				    UNION ALL SELECT cfgowner, cfgnamespace FROM pg_ts_config
				    UNION ALL SELECT nspowner, oid FROM pg_namespace) o
				WHERE schema = 'intruder'::regnamespace""");
	}

}
