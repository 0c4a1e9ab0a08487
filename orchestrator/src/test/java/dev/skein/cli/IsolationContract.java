package dev.skein.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.skein.migration.AttemptNote;
import dev.skein.testing.ReferencePlatform;
import dev.skein.testing.CommandRun;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.Trespass;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static dev.skein.testing.CommandRun.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * That each service owns what is its own and nothing else.
 */
abstract class IsolationContract extends IsolationFixture {

	@Test
	void noServiceLeavesItsSchema() {
		this.database.execute("CREATE TABLE public.t (id int)");
		this.platform.service("shown", "tables: [t]")
			.migration("shown", "V001__t.sql", "CREATE TABLE t (id int PRIMARY KEY);")
			.service("intruder", "requires: [required, shown]", "tables: [own]");
		assertThat(migrate().code()).isZero();
		String before = this.database.query(NEIGHBOURS).get(0);
		List<String> expected = new ArrayList<>();
		List<String> found = new ArrayList<>();
		StringBuilder table = new StringBuilder();
		List<Trespass> all = new ArrayList<>(Trespass.all());
		all.addAll(Trespass.leftBehind());
		for (Trespass trespass : all) {
			String sql = trespass.sql().replace("CALLER", this.caller.settings().user());
			this.platform.migration("intruder", "V002__trespass.sql", sql + ";");
			CommandRun run = migrate("--output", "json");
			JsonNode service = run.json()
				.at("/services")
				.valueStream()
				.filter((one) -> one.at("/outcome").asString().equals("failed"))
				.findFirst()
				.orElseThrow();
			JsonNode error = service.at("/error");
			String state = error.at("/sqlState").asString();
			if (state.isEmpty() || state.equals("null")) {
				state = error.at("/message").asString().replaceAll("(?s).*SQLSTATE (\\w{5}).*", "$1");
			}
			boolean unchanged = this.database.query(NEIGHBOURS).get(0).equals(before);
			expected.add("intruder V002__trespass.sql " + trespass.refusal() + " unchanged: " + sql);
			found.add(service.at("/service").asString() + " " + error.at("/migration").asString() + " " + state + " "
					+ (unchanged ? "unchanged" : "CHANGED") + ": " + sql);
			table.append(
					"| `" + sql.replaceAll("\\s+", " ") + "` | " + state + " | " + (unchanged ? "yes" : "NO") + " |\n");
		}
		System.out
			.println("Trespasses on PostgreSQL " + this.database.query("SHOW server_version").get(0) + ":\n" + table);
		assertThat(found).isEqualTo(expected);
	}

	@Test
	void aUserWithLeastRightsMigratesTheReferencePlatform() {
		CommandRun run = on(this.caller, "migrate", "--output", "json");
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(run.json().at("/tables/found").asInt()).isEqualTo(ReferencePlatform.TABLES);
		assertThat(on(this.caller, "migrate", "--output", "json").json().at("/outcome").asString())
			.isEqualTo("up-to-date");
		CommandRun seeded = on(this.caller, "migrate", "--seed", "development");
		assertThat(seeded.code()).as(seeded.out() + seeded.err()).isZero();
		assertThat(this.database
			.query("SELECT DISTINCT pg_get_userbyid(c.relowner) = 'skein_' || n.nspname FROM pg_class c"
					+ " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname !~ '^(pg_|skein|information)'"))
			.containsExactly("t");
		assertThat(on(this.caller, "reset", "--confirm", this.caller.settings().database()).code()).isZero();
		assertThat(this.database.tables()).hasSize(ReferencePlatform.TABLES);
	}

	@Test
	void theDocumentedLinesPrepareADatabase() throws IOException {
		String user = "admin_" + suffix();
		String page = Files.readString(Path.of("docs/ownership.md"));
		page.substring(page.indexOf("CREATE ROLE deploy_user"), page.indexOf("What is missing is named"))
			.lines()
			.takeWhile((line) -> !line.equals("```"))
			.filter((line) -> !line.startsWith("\\c"))
			.map((line) -> line.replace("deploy_user", user)
				.replace("'…'", "'secret'")
				.replace("DATABASE app", "DATABASE \"" + name() + '"'))
			.forEach(this.database::execute);
		mayChangeWhatIsThere(user);
		this.database.execute("CREATE TABLE public.rest ()");
		assertThat(on(as(user), "migrate").code()).isZero();
		assertThat(on(as(user), "reset", "--confirm", name()).code()).isZero();
		assertThat(this.database.tables()).hasSize(ReferencePlatform.TABLES);
	}

	@Test
	void nothingIsLeftToLogInWith() {
		migrate();
		assertThat(this.database
			.query("SELECT rolname FROM pg_authid WHERE rolname ~ '^skein_(neighbour|required|intruder)$'"
					+ " AND (rolpassword IS NOT NULL OR rolvaliduntil > now() + interval '5 minutes' OR NOT rolcanlogin)"))
			.isEmpty();
	}

	@Test
	void theServicesOwnUserReadsAndWritesAndNothingElse() {
		this.platform.migration("intruder", "V002__more.sql",
				"CREATE TABLE more (id bigint GENERATED ALWAYS AS IDENTITY, at int);"
						+ " CREATE SEQUENCE number; CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';");
		migrate();
		TestDatabase user = member("intruder_app");
		user.execute("INSERT INTO intruder.own VALUES (1); UPDATE intruder.own SET id = 1; DELETE FROM intruder.own");
		user.execute("INSERT INTO intruder.more (at) VALUES (intruder.one())");
		assertThat(user.query("SELECT nextval('intruder.number')")).containsExactly("1");
		for (String sql : List.of("CREATE TABLE intruder.mine ()", "DROP TABLE intruder.own", "TRUNCATE intruder.own",
				"SELECT * FROM required.t", "SELECT * FROM intruder.flyway_schema_history", "SET ROLE skein_intruder",
				"DELETE FROM skein.schema_migrations")) {
			assertThatThrownBy(() -> user.execute(sql)).as(sql)
				.rootCause()
				.hasMessageMatching("(?s).*(denied|must be owner).*");
		}
		assertThat(user.query("SELECT skein.get_current_schema_version('intruder')")).containsExactly("002");
	}

	@Test
	void aRequirementGivesRightsAndTheyGoWithIt() {
		migrate();
		this.platform.service("required", "tables: [t]", "extensions: [citext]").service("intruder", "tables: [own]");
		assertThat(migrate().err()).contains("Revoked: schema \"intruder\" does not require \"required\" any more\n");
		this.platform.migration("intruder", "V002__peek.sql", "SELECT * FROM required.t;");
		assertThat(migrate().out()).contains("permission denied for schema required");
		this.platform.service("intruder", "requires: [required]", "tables: [own]");
		assertThat(migrate().code()).isZero();
		this.platform.migration("required", "V002__late.sql", "CREATE TABLE late (id int PRIMARY KEY);")
			.service("required", "referenced_by: [intruder]", "tables: [t, late]")
			.migration("intruder", "V003__late.sql", "SELECT * FROM required.late;");
		assertThat(migrate().code()).isZero();
	}

	@Test
	void aRequirementAloneGivesNoRightToRefer() {
		this.platform.service("required", "tables: [t]", "extensions: [citext]");
		JsonNode error = migrate("--output", "json").json()
			.at("/services")
			.valueStream()
			.filter((one) -> one.at("/service").asString().equals("intruder"))
			.findFirst()
			.orElseThrow()
			.at("/error");
		assertThat(error.at("/sqlState").asString()).isEqualTo("42501");
		assertThat(error.at("/hint").asString())
			.isEqualTo("a key runs code with the rights of the table's owner, so the other service must agree: add the"
					+ " line referenced_by: [intruder] to the manifest of the service with schema \"required\", and that"
					+ " service to requires of intruder; a schema that does not belong to its own role first needs:"
					+ " skein isolation roles");
		assertThat(this.database
			.query("SELECT concat_ws('|', has_table_privilege('skein_intruder', 'required.t', 'SELECT'),"
					+ " has_table_privilege('skein_intruder', 'required.t', 'REFERENCES'))"))
			.containsExactly("t|f");
	}

	@Test
	void onlyTablesOfTheServicesOwnRoleMayBeReferredTo() {
		this.platform.delete("intruder/service.yml").service("required", "tables: [t, given]", "extensions: [citext]");
		migrate();
		this.caller.execute("SET ROLE skein_required; GRANT CREATE ON SCHEMA required TO platform_caller; RESET ROLE;"
				+ " CREATE TABLE required.given (id int PRIMARY KEY)");
		this.platform.service("required", "referenced_by: [intruder]", "tables: [t, given]", "extensions: [citext]")
			.service("intruder", "requires: [required]", "tables: [own]");
		CommandRun run = migrate();
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(this.database
			.query("SELECT concat_ws('|', has_table_privilege('skein_intruder', 'required.t', 'REFERENCES'),"
					+ " has_table_privilege('skein_intruder', 'required.given', 'REFERENCES'),"
					+ " has_table_privilege('skein_intruder', 'required.flyway_schema_history', 'REFERENCES'))"))
			.containsExactly("t|f|f");
	}

	@Test
	void whoRefersToWhomIsShownBeforeTheRightIsTakenAwayAndKeysStay() {
		migrate();
		this.platform.service("required", "tables: [t]", "extensions: [citext]");
		CommandRun shown = migrate("--dry-run");
		assertThat(shown.code()).isZero();
		assertThat(shown.err()).endsWith(
				"""
						Would revoke: schema "intruder" may not refer to tables of "required": the manifest of that service does \
						not say so in referenced_by
						  key own_id_fkey of intruder.own refers to it, and stays
						  to keep the right, add to the manifest of required: referenced_by: [intruder]
						""");
		String refers = "SELECT has_table_privilege('skein_intruder', 'required.t', 'REFERENCES')";
		assertThat(this.database.query(refers)).containsExactly("t");
		CommandRun run = migrate();
		assertThat(run.code()).isZero();
		assertThat(run.err())
			.contains("Revoked: schema \"intruder\" may not refer to tables of \"required\": the manifest of that"
					+ " service does not say so in referenced_by\n");
		assertThat(this.database.query(refers)).containsExactly("f");
		assertThat(this.database.query("SELECT has_table_privilege('skein_intruder', 'required.t', 'SELECT')"))
			.containsExactly("t");
		assertThatThrownBy(() -> this.database.execute("INSERT INTO intruder.own VALUES (2)")).rootCause()
			.hasMessageContaining("violates foreign key constraint \"own_id_fkey\"");
		assertThat(migrate().err()).doesNotContain("Revoked");
	}

	@Test
	void everyServiceMayReferToCoreWhereItsManifestSaysAll() {
		this.platform.service("core", "referenced_by: all", "tables: [c]")
			.migration("core", "V1__c.sql", "CREATE TABLE c (id int PRIMARY KEY);")
			.service("neighbour", "tables: [t, to_core]")
			.migration("neighbour", "V002__c.sql", "CREATE TABLE to_core (c int REFERENCES core.c);");
		CommandRun run = migrate();
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(migrate("--only", "core").err()).doesNotContain("Revoked");
		this.platform.service("core", "referenced_by: [intruder]", "tables: [c]");
		assertThat(migrate("--dry-run").err()).endsWith(
				"""
						Would revoke: not every service may refer to tables of "core": the manifest of that service does not say \
						so in referenced_by
						  key to_core_c_fkey of neighbour.to_core refers to it, and stays
						  to keep the right, add to the manifest of core: referenced_by: [neighbour]
						""");
		assertThat(migrate().code()).isZero();
		assertThat(this.database.query("SELECT concat_ws('|', r, has_table_privilege(r, 'core.c', 'SELECT'),"
				+ " has_table_privilege(r, 'core.c', 'REFERENCES'))"
				+ " FROM unnest(ARRAY['skein_intruder', 'skein_neighbour']) r"))
			.containsExactly("skein_intruder|t|t", "skein_neighbour|t|f");
	}

	@Test
	void aHeaderOfOneFileGivesTheRightsToo() {
		this.platform.migration("intruder", "V002__peek.sql", "-- requires: neighbour@001\nSELECT * FROM neighbour.t;");
		assertThat(migrate().code()).isZero();
	}

	@Test
	void aSchemaThatAnotherRoleMadeFirstIsNotUsed() {
		String user = this.caller.settings().user();
		String eve = role("eve", "NOLOGIN");
		for (String schema : List.of("skein", "extensions", "neighbour")) {
			this.database.execute("CREATE SCHEMA " + schema + " AUTHORIZATION " + eve);
			String out = "ALTER SCHEMA \"" + schema + "\" OWNER TO \"" + user + "\"";
			for (CommandRun run : List.of(migrate(), migrate("--isolation", "none"))) {
				assertThat(run.code()).as(run.out()).isEqualTo(3);
				assertThat(run.err()).endsWith("Error: schema \"" + schema + "\" belongs to \"" + eve
						+ "\", which is neither the user of this run (\"" + user + "\") nor a superuser nor the owner"
						+ " of the database: its code could run with the rights of \"" + user
						+ "\"\n  look at what is in it, and then let a superuser, or its owner, type: " + out + "\n");
				assertThat(schemas()).containsExactly(schema);
			}
			this.database.execute(out + "; DROP SCHEMA " + schema);
		}
		this.database.execute("CREATE SCHEMA neighbour AUTHORIZATION " + eve);
		assertThat(migrate("--dry-run").code()).isEqualTo(3);
		assertThat(on(this.caller, this.platform, "status").code()).isZero();
		this.database.execute("ALTER SCHEMA neighbour OWNER TO " + user);
		CommandRun taken = migrate();
		assertThat(taken.code()).as(taken.out() + taken.err()).isZero();
	}

	@Test
	void aSchemaInWhichOtherRolesMayCreateIsNotUsed() {
		String eve = role("eve", "NOLOGIN");
		for (String schema : List.of("skein", "extensions", "neighbour")) {
			this.database.execute("CREATE SCHEMA " + schema + "; GRANT CREATE ON SCHEMA " + schema + " TO PUBLIC, "
					+ eve + "; GRANT ALL ON SCHEMA " + schema + " TO platform_caller");
			CommandRun run = migrate();
			assertThat(run.code()).isEqualTo(3);
			String out = "REVOKE CREATE ON SCHEMA \"" + schema + "\" FROM PUBLIC, " + eve;
			assertThat(run.err()).endsWith("Error: other roles may create in schema \"" + schema + "\": PUBLIC, " + eve
					+ "\n  look at what is in it, and then let a superuser, or its owner, type: " + out + "\n");
			assertThat(schemas()).containsExactly(schema);
			this.database.execute(out + "; DROP SCHEMA " + schema);
		}
	}

	@Test
	void whatTheLedgerHoldsBelongsToWhomTheRunTrusts() {
		migrate();
		String eve = role("eve", "NOLOGIN");
		this.database.execute("CREATE FUNCTION skein.sly() RETURNS int LANGUAGE sql AS 'SELECT 1';"
				+ " ALTER FUNCTION skein.sly() OWNER TO " + eve);
		this.platform.migration("intruder", "V002__x.sql", "SELECT 1;");
		CommandRun run = migrate();
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).endsWith("Error: tables or functions in schema \"skein\" belong to \"" + eve
				+ "\"\n  look at what is in it, and then let a superuser, or its owner, type: REASSIGN OWNED BY \""
				+ eve + "\" TO \"" + this.caller.settings().user() + "\"\n");
		this.database.execute("ALTER DATABASE \"" + name() + "\" OWNER TO " + eve);
		assertThat(migrate().code()).isZero();
	}

	private List<String> schemas() {
		return this.database.query("SELECT nspname FROM pg_namespace WHERE nspname IN ('skein', 'extensions',"
				+ " 'neighbour', 'required', 'intruder')");
	}

	@Test
	void namesAllMissingRightsTogetherAndTouchesNothing() {
		this.database.execute("GRANT CREATE ON SCHEMA public TO PUBLIC");
		String user = role("poor", "LOGIN");
		String name = this.database.settings().database();
		this.platform.delete("intruder/service.yml").delete("neighbour/service.yml").delete("required/service.yml");
		this.platform.service("fresh", "schema: fresh_" + suffix()).migration("fresh", "V1__x.sql", "SELECT 1;");
		this.database.execute("CREATE ROLE fresh_" + suffix() + "_app SUPERUSER");
		mayChangeWhatIsThere(user);
		CommandRun run = on(as(user), this.platform, "migrate");
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).endsWith("""
				Error: user "CALLED" cannot give each service a role of its own:
				  it may not create roles
				  it may not create schemas in database "NAME"
				  everybody may create tables in schema "public", and it may not end that
				  role "fresh_NAME_app" has rights that no service may have
				  as a superuser: ALTER ROLE "CALLED" CREATEROLE; GRANT CREATE ON DATABASE "NAME" TO "CALLED"; \
				REVOKE CREATE ON SCHEMA public FROM PUBLIC; ALTER ROLE "fresh_NAME_app" NOSUPERUSER NOCREATEROLE \
				NOCREATEDB NOREPLICATION NOBYPASSRLS; or run everything as this user: --isolation none
				""".replace("CALLED", user).replace("NAME", name));
		assertThat(this.database.query("SELECT nspname FROM pg_namespace WHERE nspname IN ('skein', 'extensions')"))
			.isEmpty();
	}

	@Test
	void saysOnceWhatTheRightToCreateRolesMeansBefore16() {
		boolean before16 = this.database.query("SELECT current_setting('server_version_num')::int < 160000")
			.contains("t");
		String line = "Careful: before PostgreSQL 16, CREATEROLE lets user \"platform_caller\" take every role of this"
				+ " server that is no superuser: change its password, become a member of it, or drop it. Guard its password"
				+ " like that of a superuser\n";
		assertThat(migrate().err().contains(line)).isEqualTo(before16);
		this.platform.migration("intruder", "V002__more.sql", "CREATE TABLE more ();")
			.service("fresh")
			.migration("fresh", "V1__x.sql", "SELECT 1;");
		assertThat(migrate().err()).doesNotContain("Careful");
	}

	@Test
	void takesNoRoleThatIsNotItsOwn() {
		this.database.execute("CREATE ROLE skein_stranger_" + suffix());
		this.platform.service("stranger", "schema: stranger_" + suffix())
			.migration("stranger", "V1__x.sql", "SELECT 1;");
		assertThat(migrate().err())
			.contains("role \"skein_stranger_" + suffix() + "\" is there, but Skein did not create it");
	}

	@Test
	void aTriggerOnAHistoryGetsNoMoreRightsThanItsService() {
		this.platform.migration("intruder", "V002__sly.sql", """
				CREATE FUNCTION sly() RETURNS trigger LANGUAGE plpgsql AS
				    'BEGIN DROP TABLE neighbour.t; RETURN NEW; END';
				CREATE TRIGGER sly BEFORE UPDATE ON flyway_schema_history FOR EACH ROW EXECUTE FUNCTION sly();""");
		migrate();
		this.platform.migration("intruder", "V001__own.sql", "-- edited\nCREATE TABLE own (id int);");
		CommandRun run = on(this.caller, this.platform, "repair", "--confirm", this.caller.settings().database());
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).contains("permission denied for schema neighbour");
		assertThat(this.database.query("SELECT count(*) FROM neighbour.t")).containsExactly("1");
	}

	@Test
	void aTriggerOnAHistoryThatRaisesIsNamedAndStopsNoOtherService() {
		this.platform.migration("intruder", "V002__sly.sql", """
				CREATE FUNCTION sly() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
				CREATE TRIGGER sly BEFORE INSERT ON flyway_schema_history FOR EACH ROW WHEN (NEW.version > '002')
				EXECUTE FUNCTION sly();
				CREATE TRIGGER other BEFORE UPDATE ON own FOR EACH ROW EXECUTE FUNCTION sly();""");
		migrate();
		this.platform.migration("intruder", "V003__x.sql", "SELECT 1;")
			.migration("neighbour", "V002__x.sql", "SELECT 1;");
		JsonNode services = migrate("--output", "json").json().at("/services");
		assertThat(services.at("/0/outcome").asString()).isEqualTo("applied");
		assertThat(services.at("/2/error/message").asString())
			.isEqualTo("trigger sly on \"intruder\".flyway_schema_history"
					+ " raised an error, so that the row of \"V003__x.sql\" could not be written: no (SQLSTATE P0001)");
		assertThat(services.at("/2/error/hint").asString()).isEqualTo("drop that trigger as the owner of the schema: a"
				+ " history is written by Skein and Flyway alone; then run again");
	}

	@Test
	void aNoteInTheCommentOfAHistoryThatSkeinDidNotWriteStopsNoOtherService() {
		migrate();
		for (String note : List.of("{\"script\": 5, ",
				"{\"rank\": 1, \"script\": \"\\u0000\", \"indexes\": [], \"process\": 1}",
				"{\"rank\": \"x\", \"script\": \"V003__x.sql\", \"indexes\": [], \"process\": 1}")) {
			this.database
				.execute("COMMENT ON TABLE intruder.flyway_schema_history IS 'mine " + AttemptNote.MARK + note + "'");
			this.platform.migration("intruder", "V003__x.sql", "-- transaction: none\nSELECT 1;")
				.migration("neighbour", "V002__x.sql", "-- transaction: none\nSELECT 1;");
			CommandRun run = migrate("--output", "json");
			assertThat(run.code()).as(run.err()).isEqualTo(1);
			assertThat(run.json().at("/services/0/to").asString()).isEqualTo("002");
			assertThat(run.json().at("/services/2/error/message").asString())
				.isEqualTo("the comment on intruder.flyway_schema_history has a note that Skein did not write");
			assertThat(run.json().at("/services/2/error/hint").asString())
				.isEqualTo("take it away: COMMENT ON TABLE intruder.flyway_schema_history IS NULL");
		}
		this.database.execute("COMMENT ON TABLE intruder.flyway_schema_history IS NULL");
		assertThat(migrate().code()).isZero();
	}

	@Test
	void whatAFileGivesToAllServicesOrPutsIntoNoSchemaIsRefused() {
		migrate();
		this.platform.migration("intruder", "V002__x.sql", "GRANT CREATE ON SCHEMA intruder TO all_skein_services;"
				+ " ALTER TABLE own OWNER TO all_skein_services; SELECT lo_create(4711);");
		assertThat(migrate("--output", "json").json().at("/services/2/error/message").asString()).isEqualTo(
				"service \"intruder\" gave to all_skein_services, and so to every service: table intruder.own, and"
						+ " created what lies in no schema: large object 4711");
		assertThat(this.database.query("SELECT tableowner FROM pg_tables WHERE tablename = 'own'"))
			.containsExactly("skein_intruder");
		this.database.execute("GRANT CREATE ON SCHEMA intruder TO all_skein_services;"
				+ " ALTER TABLE intruder.own OWNER TO all_skein_services; SELECT lo_create(4711)");
		this.platform.migration("intruder", "V002__x.sql", "SELECT 1;")
			.migration("neighbour", "V002__x.sql", "SELECT 1;");
		assertThat(migrate().code()).isZero();
	}

	@Test
	void noTemporaryObjectPutsCodeIntoTheFunctionsOfTheLedger() {
		this.platform.migration("intruder", "V002__sly.sql", """
				CREATE FUNCTION sly(v text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
				    IF current_user <> 'skein_intruder' THEN DROP TABLE neighbour.t; END IF; RETURN true; END $$;
				CREATE DOMAIN pg_temp.text AS pg_catalog.text CHECK (intruder.sly(VALUE));
				CREATE TEMP VIEW pg_class AS SELECT c.* FROM pg_catalog.pg_class c WHERE intruder.sly('');
				SELECT skein.get_current_schema_version('intruder');""");
		CommandRun run = migrate();
		assertThat(run.code()).as(run.out()).isZero();
		assertThat(this.database.query("SELECT count(*) FROM neighbour.t")).containsExactly("1");
	}

	/**
	 * A sequence keeps what it was asked for, whatever is rolled back.
	 */
	@Test
	void noForeignKeyRunsAServicesCastAsWhomItRefersTo() {
		this.platform.migration("intruder", "V002__ran.sql",
				"CREATE SEQUENCE ran; GRANT USAGE ON SEQUENCE ran TO PUBLIC;"
						+ "CREATE TABLE fk_before (x int REFERENCES required.t (id));");
		migrate();
		String cast = """
				CREATE TYPE sly AS ENUM ('x');
				CREATE FUNCTION cast_it(v sly) RETURNS int LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
				    PERFORM nextval('intruder.ran'); RETURN 1; END $$;
				DO $$ BEGIN EXECUTE 'CREATE ' || 'CAST (sly AS int) WITH FUNCTION cast_it(sly) AS IMPLICIT'; END $$;
				CREATE TEMP TABLE pg_cast (oid oid);
				CREATE TEMP TABLE pg_depend (classid oid, refclassid oid, objid oid, refobjid oid, deptype "char");
				CREATE DOMAIN pg_temp.regclass AS pg_catalog.regclass DEFAULT 0;
				CREATE DOMAIN pg_temp.oid AS pg_catalog.oid DEFAULT 0;
				CREATE FUNCTION intruder.coalesce(text, text) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
				""";
		for (String key : List.of("CREATE TABLE fk (x sly REFERENCES required.t (id)); INSERT INTO fk VALUES ('x');",
				"CREATE TABLE fk (x sly); INSERT INTO fk VALUES ('x'); ALTER TABLE fk ADD FOREIGN KEY (x) REFERENCES"
						+ " \"required\" . t;",
				"SET search_path = intruder, required, pg_catalog, pg_temp; CREATE TABLE fk (x sly);"
						+ " INSERT INTO fk VALUES ('x'); ALTER TABLE fk ADD FOREIGN KEY (x) REFERENCES t;",
				"DO $$ BEGIN CREATE TABLE fk (x sly REFERENCES required.t (id)); END $$; INSERT INTO fk VALUES ('x');",
				"CREATE TABLE fk (x sly REFERENCES U&\"\\0072equired\".t (id)); INSERT INTO fk VALUES ('x');",
				"CREATE TABLE fk (x sly REFERENCES /* a /* b */ c */ required.t (id)); INSERT INTO fk VALUES ('x');",
				"ALTER TABLE fk_before ALTER x TYPE sly USING 'x'; INSERT INTO fk_before VALUES ('x');",
				"-- nothing")) {
			this.platform.migration("intruder", "V003__sly.sql", cast + key);
			CommandRun run = migrate();
			assertThat(run.code()).as(key).isEqualTo(1);
			assertThat(run.out()).as(key)
				.contains("service \"intruder\" created a cast, whose code would run with the rights of other services"
						+ " (write the conversion as a function and call it): intruder.sly AS integer");
			assertThat(this.database.query("SELECT is_called FROM intruder.ran")).as(key).containsExactly("f");
			assertThat(this.database.query("SELECT to_regclass('intruder.fk') IS NULL")).containsExactly("t");
		}
		this.platform.migration("intruder", "V003__sly.sql", "-- transaction: none\n" + cast
				+ "CREATE TABLE fk (x sly REFERENCES required.t (id)); INSERT INTO fk VALUES ('x');");
		assertThat(migrate().out()).contains("service \"intruder\" created a cast, whose code");
		assertThat(this.database.query("SELECT is_called FROM intruder.ran")).containsExactly("f");
		// A range type comes with a cast to its multirange, which is PostgreSQL's own
		// code.
		this.platform.migration("intruder", "V003__sly.sql",
				"CREATE TYPE span AS RANGE (SUBTYPE = int); DROP TABLE fk_before;");
		migrate().succeeded();
	}

	@Test
	void allFunctionsOfTheLedgerLookWithASearchPathOfTheirOwn() {
		migrate();
		assertThat(this.database.query("SELECT proname FROM pg_proc WHERE pronamespace = 'skein'::regnamespace"
				+ " AND NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (proconfig), false)"))
			.isEmpty();
	}

	@Test
	void noKeyAcrossServicesHasATypeOfAService() {
		this.platform.service("required", "referenced_by: [intruder]", "tables: [t, n]", "extensions: [citext]")
			.migration("required", "V002__n.sql",
					"CREATE TYPE kind AS ENUM ('a'); CREATE TABLE n (name citext PRIMARY KEY, kind kind UNIQUE);")
			.service("intruder", "requires: [required]", "tables: [own, by_name]")
			.migration("intruder", "V002__domain.sql",
					"CREATE DOMAIN label AS citext; CREATE TABLE by_name (n label REFERENCES required.n);");
		CommandRun allowed = migrate();
		assertThat(allowed.code()).as(allowed.out() + allowed.err()).isZero();
		this.database.execute("GRANT USAGE ON TYPE required.kind TO PUBLIC");
		this.platform.migration("intruder", "V003__kind.sql",
				"CREATE TABLE kinds (k required.kind[] , one required.kind REFERENCES required.n (kind));");
		assertThat(migrate().out()).contains("service \"intruder\" refers to another schema with columns of a type that"
				+ " came neither with PostgreSQL nor with an extension (write a type of PostgreSQL's, or a domain over"
				+ " one): foreign key kinds_one_fkey of intruder.kinds, type required.kind");
		assertThat(this.database.query("SELECT to_regclass('intruder.kinds') IS NULL")).containsExactly("t");
	}

	@Test
	void aFileLetsOnlyThoseReferToItsTablesWhomItsManifestNames() {
		migrate();
		this.platform.migration("required", "V002__give.sql", "GRANT REFERENCES ON t TO skein_neighbour;");
		String refused = "its tables be referred to by others than its manifest names in referenced_by";
		assertThat(migrate().out())
			.contains("service \"required\" lets " + refused + ": table required.t by skein_neighbour");
		this.platform.migration("required", "V002__give.sql", "GRANT REFERENCES (id) ON t TO PUBLIC;");
		assertThat(migrate().out())
			.contains("service \"required\" lets " + refused + ": column id of table required.t by PUBLIC");
		this.platform.migration("required", "V002__give.sql",
				"ALTER DEFAULT PRIVILEGES GRANT REFERENCES ON TABLES TO all_skein_services;");
		assertThat(migrate().out())
			.contains("service \"required\" lets " + refused + ": tables to come by all_skein_services");
		this.platform.migration("required", "V002__give.sql",
				"-- transaction: none\nGRANT REFERENCES ON t TO skein_neighbour WITH GRANT OPTION;"
						+ " GRANT REFERENCES ON t TO skein_intruder;");
		assertThat(migrate().out()).contains(
				"service \"required\" let " + refused + ", which was taken back: table required.t by skein_neighbour");
		assertThat(this.database.query("SELECT concat_ws('|', has_table_privilege('skein_neighbour', 'required.t',"
				+ " 'REFERENCES'), has_table_privilege('skein_intruder', 'required.t', 'REFERENCES'))"))
			.containsExactly("f|t");
	}

	@Test
	void noTriggerOfAServiceRunsWithTheRightsOfWhomItRefersTo() {
		migrate();
		boolean refused = Integer.parseInt(this.database.query("SHOW server_version_num").get(0)) < 180000;
		this.platform.service("intruder", "requires: [required]", "tables: [own, lines]")
			.migration("intruder", "V002__sly.sql", """
					CREATE TABLE lines (id int REFERENCES required.t ON DELETE CASCADE);
					CREATE FUNCTION sly() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
					CREATE TRIGGER sly AFTER DELETE ON lines FOR EACH ROW EXECUTE FUNCTION sly();""");
		CommandRun run = migrate();
		assertThat(run.code()).isEqualTo(refused ? 1 : 0);
		assertThat(run.out()
			.contains("service \"intruder\" has a key to another schema with CASCADE, SET NULL or SET"
					+ " DEFAULT on a table with a trigger that is run after a change: before PostgreSQL 18 it is run with"
					+ " the rights of whoever changed the other table (make the trigger BEFORE, or let the key say NO ACTION"
					+ " or RESTRICT): foreign key lines_id_fkey of intruder.lines, trigger sly"))
			.isEqualTo(refused);
	}

	@Test
	void theEventTriggerForSuperusersRefusesCastsAndKeysBeforeARowMeetsThem() throws IOException {
		migrate();
		this.database.execute(Files.readString(Path.of("../scripts/references-event-trigger.sql")));
		String cast = "CREATE FUNCTION convert(v kind) RETURNS int LANGUAGE sql AS 'SELECT 1'; DO $$ BEGIN EXECUTE"
				+ " 'CREATE ' || 'CAST (kind AS int) WITH FUNCTION convert(kind) AS IMPLICIT'; END $$;";
		this.platform.migration("intruder", "V002__sly.sql", "CREATE TYPE kind AS ENUM ('x'); " + cast);
		assertThat(migrate().out()).contains("services create no casts");
		this.platform.migration("intruder", "V002__sly.sql", "CREATE TYPE kind AS ENUM ('x'); CREATE FUNCTION"
				+ " convert(v kind) RETURNS int LANGUAGE plpgsql AS 'BEGIN RAISE ''the code was run''; END';");
		assertThat(migrate().code()).isZero();
		this.database
			.execute("CREATE CAST (intruder.kind AS int) WITH FUNCTION intruder.convert(intruder.kind) AS IMPLICIT");
		this.platform.migration("intruder", "V003__key.sql",
				"CREATE TABLE kinds (k kind REFERENCES required.t); INSERT INTO kinds VALUES ('x');");
		assertThat(migrate().out()).contains(
				"foreign key \"kinds_k_fkey\" refers to the table of another owner with" + " the type intruder.kind");
		this.platform.service("intruder", "requires: [required]", "tables: [own, fine]")
			.migration("intruder", "V003__key.sql", "CREATE TABLE fine (k int REFERENCES required.t);");
		assertThat(migrate().code()).isZero();
	}

	@Test
	void aNeighboursLockEndsWithItsSession() {
		this.platform.migration("required", "V002__lock.sql", "SELECT pg_advisory_lock(4711);")
			.migration("intruder", "V002__lock.sql",
					"DO 'BEGIN ASSERT pg_try_advisory_lock(4711); PERFORM pg_advisory_unlock(4711); END';");
		assertThat(migrate("--jobs", "1").code()).isZero();
	}

	@Test
	void aHistoryThatFlywayDidNotWriteIsNamed() {
		migrate();
		this.database.execute("UPDATE intruder.flyway_schema_history SET version = 'abc'");
		CommandRun run = on(this.caller, this.platform, "status");
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).endsWith("""
				Error: the history of schema "intruder" has a row that Flyway does not write, of rank 1
				  mend it, or leave that service out with --only
				""");
		assertThat(migrate("--only", "neighbour").code()).isZero();
	}

	@Test
	void theServicesUserCannotWriteAHistoryThatABaselineBegan() {
		migrate();
		this.database.execute("DROP TABLE intruder.flyway_schema_history");
		CommandRun run = on(this.caller, this.platform, "baseline", "intruder@001", "--confirm", name());
		assertThat(run.code()).as(run.err()).isZero();
		TestDatabase user = member("intruder_app");
		assertThatThrownBy(() -> user.execute("DELETE FROM intruder.flyway_schema_history")).rootCause()
			.hasMessageContaining("denied");
	}

	@Test
	void theHistoryOfANewSchemaIsClosedWhateverItsRoleGivesAway() {
		this.platform.migration("intruder", "V002__give.sql",
				"ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO PUBLIC;");
		migrate();
		this.database.execute("DROP SCHEMA intruder CASCADE");
		CommandRun run = migrate();
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(this.database.query("SELECT relname FROM pg_class"
				+ " WHERE relnamespace = 'intruder'::regnamespace AND relkind = 'r' AND relacl::text ~ '[{,]=[a-z]'"))
			.containsExactly("own");
	}

	@Test
	void settingsThatARoleMadeForItselfDoNotKeepItFromMigrating() {
		this.platform.migration("intruder", "V002__set.sql",
				"ALTER ROLE CURRENT_USER SET default_transaction_read_only = on;");
		assertThat(migrate().code()).isZero();
		this.platform.migration("intruder", "V003__more.sql", "CREATE TABLE more ();")
			.service("intruder", "requires: [required]", "tables: [own, more]");
		CommandRun run = migrate();
		assertThat(run.code()).as(run.out() + run.err()).isZero();
	}

	@Test
	void readsNoHistoryThatRunsItsServicesCode() {
		migrate();
		this.database.execute("""
				ALTER TABLE intruder.flyway_schema_history RENAME TO h;
				CREATE FUNCTION intruder.sly() RETURNS boolean LANGUAGE plpgsql AS
				    'BEGIN DROP TABLE neighbour.t; RETURN true; END';
				CREATE VIEW intruder.flyway_schema_history AS SELECT installed_rank, version, description, type, script,
				    checksum, installed_on, intruder.sly() AS success FROM intruder.h""");
		CommandRun run = on(this.caller, this.platform, "status");
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).contains("\"intruder.flyway_schema_history\" is not as Flyway makes it");
		assertThat(this.database.query("SELECT count(*) FROM neighbour.t")).containsExactly("1");
	}

	@Test
	void twoDatabasesOfOneServerMayMigrateTheSameServicesAtOnce() {
		List<CompletableFuture<CommandRun>> runs = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			this.database = freshDatabase();
			TestDatabase own = caller();
			runs.add(CompletableFuture.supplyAsync(() -> on(own, this.platform, "migrate")));
		}
		runs.forEach((run) -> assertThat(run.join().code()).as(run.join().out() + run.join().err()).isZero());
	}

}
