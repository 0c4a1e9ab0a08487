package dev.skein.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.StringJoiner;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ToolTakeoverTests {

	private static final String DBMATE = "CREATE TABLE zoo.schema_migrations (version character varying NOT NULL PRIMARY KEY);";

	private static final String GOLANG = "CREATE TABLE zoo.schema_migrations (version bigint NOT NULL PRIMARY KEY,"
			+ " dirty boolean NOT NULL);";

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawAServiceThatHasTwoOfItsThreeFiles() {
		this.platform = new PlatformFolder(this.folder).service("zoo", "format: plain", "tables: [people, pets]")
			.migration("zoo", "20240101_people.sql", "CREATE TABLE people (id int);")
			.migration("zoo", "20240102_pets.sql", "CREATE TABLE pets (id int);")
			.migration("zoo", "20240103_age.sql", "ALTER TABLE people ADD age int;");
		this.database.execute("CREATE SCHEMA zoo; CREATE TABLE zoo.people (id int); CREATE TABLE zoo.pets (id int)");
	}

	@Test
	void takesOverWhatTheToolAppliedAndMigratesTheRest() {
		this.database.execute(DBMATE + "INSERT INTO zoo.schema_migrations VALUES ('20240101'), ('20240102')");
		CommandRun dry = run("baseline", "--from-tool", "zoo", "--dry-run");
		assertThat(dry.code()).as(dry.err()).isZero();
		assertThat(dry.out())
			.isEqualTo("Would begin the history of service \"zoo\" (schema \"zoo\") at 20240102_pets\n");
		CommandRun run = confirmed("baseline", "--from-tool", "zoo");
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(run.out()).isEqualTo("Began the history of service \"zoo\" (schema \"zoo\") at 20240102_pets\n");
		assertThat(run.err()).endsWith("""
				Service "zoo": table zoo.schema_migrations of dbmate has 2 rows, 20240101 to 20240102
				  applied  20240101_people.sql
				  applied  20240102_pets.sql
				  pending  20240103_age.sql
				Begins the history of service "zoo" (schema "zoo") at 20240102_pets; no file up to it will be run
				Table zoo.schema_migrations is left as it is: drop it when nothing runs dbmate here any more
				""");
		CommandRun migrated = run("migrate");
		assertThat(migrated.code()).as(migrated.out()).isZero();
		assertThat(this.database.query("SELECT script FROM zoo.flyway_schema_history WHERE type = 'SQL'"))
			.containsExactly("20240103_age.sql");
		CommandRun verified = run("verify");
		assertThat(verified.code()).isZero();
		assertThat(verified.out()).isEqualTo("""
				Verified: 2 of 2 promised tables found, none unexpected
				Records of other tools:
				  zoo.schema_migrations (golang-migrate or dbmate)
				  way out: drop them when nothing runs those tools here any more; Skein leaves them alone
				""");
		CommandRun pruned = confirmed("prune");
		assertThat(pruned.err()).endsWith("""
				Leaves alone zoo.schema_migrations (golang-migrate or dbmate), the record of another tool
				""");
		assertThat(this.database.tables()).contains("zoo.schema_migrations");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					golang-migrate | CREATE TABLE zoo.schema_migrations (version bigint NOT NULL PRIMARY KEY, \
					dirty boolean NOT NULL); INSERT INTO zoo.schema_migrations VALUES (20240102, false)
					goose | CREATE TABLE goose_db_version (id serial PRIMARY KEY, version_id bigint NOT NULL, \
					is_applied boolean NOT NULL, tstamp timestamp DEFAULT now()); \
					INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, true), (20240101, true), (20240102, true), \
					(20240103, true), (20240103, false)
					diesel | CREATE TABLE __diesel_schema_migrations (version varchar(50) PRIMARY KEY NOT NULL, \
					run_on timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP); \
					INSERT INTO __diesel_schema_migrations VALUES ('20240101'), ('20240102')
					sqlx | CREATE TABLE _sqlx_migrations (version bigint PRIMARY KEY, description text NOT NULL, \
					installed_on timestamptz NOT NULL DEFAULT now(), success boolean NOT NULL, checksum bytea NOT NULL, \
					execution_time bigint NOT NULL); INSERT INTO _sqlx_migrations VALUES (20240101, 'people', now(), true, '', 1), \
					(20240102, 'pets', now(), true, '', 1)
					node-pg-migrate | CREATE TABLE pgmigrations (id serial PRIMARY KEY, name varchar(255) NOT NULL, \
					run_on timestamp NOT NULL); INSERT INTO pgmigrations (name, run_on) VALUES ('20240101_people', now()), \
					('20240102_pets', now())
					Sequelize (umzug) | CREATE TABLE "SequelizeMeta" (name varchar(255) NOT NULL UNIQUE PRIMARY KEY); \
					INSERT INTO "SequelizeMeta" VALUES ('20240101-people.js'), ('20240102-pets.js')
					knex | CREATE TABLE knex_migrations (id serial PRIMARY KEY, name varchar(255), batch int, \
					migration_time timestamptz); INSERT INTO knex_migrations (name, batch) VALUES ('20240101_people.js', 1), \
					('20240102_pets.js', 1)
					Prisma | CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, \
					finished_at timestamptz, migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz, \
					started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count int NOT NULL DEFAULT 0); \
					INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, rolled_back_at) VALUES \
					('1', '', now(), '20240101_people', NULL), ('2', '', NULL, '20240102_pets', now()), \
					('3', '', now(), '20240102_pets', NULL)
					""")
	void knowsTheTableOf(String tool, String sql) {
		this.database.execute("SET search_path = public; " + sql);
		CommandRun run = confirmed("baseline", "--from-tool", "zoo");
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(run.err()).contains(" of " + tool + " has ", "at 20240102_pets; no file up to it will be run");
		assertThat(this.database.query("SELECT version FROM zoo.flyway_schema_history"))
			.containsExactly("20240102.09179488330703923437985696449804251876930");
	}

	/**
	 * Each fixture is what the tool itself left, which its first line names.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					dbmate | dbmate | plain | 20240101000000_people.sql 20240102000000_pets.sql 20240103000000_age.sql
					active-record | dbmate | plain | 20240101000000_people.sql 20240102000000_pets.sql 20240103000000_age.sql
					knex | knex | plain | 20240101000000_people.sql 20240102000000_pets.sql 20240103000000_age.sql
					sequelize | Sequelize (umzug) | plain | 20240101000000_people.sql 20240102000000_pets.sql 20240103000000_age.sql
					typeorm | TypeORM | plain | 1704067200000_people.sql 1704153600000_pets.sql 1704240000000_age.sql
					drizzle | drizzle-kit | drizzle | 0000_people.sql 0001_pets.sql 0002_age.sql
					graphile | graphile-migrate | graphile | committed/000001-people.sql committed/000002-pets.sql committed/000003.sql
					postgrator | postgrator | postgrator | 001.do.people.sql 002.do.pets.sql 003.do.age.sql
					node-pg-migrate | node-pg-migrate | node-pg-migrate | 1700000000000_people.sql 1700000000001_pets.sql 1700000000002_age.sql
					alembic | Alembic | plain | 001_1975ea83b712_people.sql 002_ae1027a6acf-pets.sql 003_age.sql
					django | Django | plain | 0001_initial.sql 0002_pets.sql 0003_age.sql
					sqitch | sqitch | plain | 001_people.sql 002-pets.sql 003_age.sql
					liquibase | Liquibase | liquibase | 001-people.sql 002-pets.sql 003-age.sql
					mybatis | MyBatis Migrations | mybatis | 20240101000000_create_changelog.sql 20240101000001_people.sql \
					20240102000000_pets.sql 20240103000000_age.sql
					ebean | Ebean | flyway | V1.0__people.sql V1.1__pets.sql V1.2__age.sql
					yoyo | yoyo | yoyo | 0001.people.sql 0002.pets.sql 0003.age.sql
					sql-migrate | sql-migrate | sql-migrate | 20240101000000-people.sql 20240102000000-pets.sql 20240103000000-age.sql
					""")
	void readsWhatTheToolItselfLeft(String fixture, String tool, String format, String files) throws IOException {
		this.database.execute(resource("records/" + fixture + ".sql"));
		PlatformFolder other = new PlatformFolder(this.folder.resolve("other"));
		for (String service : new String[] { "zoo", "farm" }) {
			other.service(service, format.equals("flyway") ? "" : "format: " + format, "tables: [people, pets]");
			StringJoiner journal = new StringJoiner(",", "{\"entries\": [", "]}");
			for (String file : files.split(" ", -1)) {
				String text = switch (format) {
					case "drizzle" -> file.contains("age") ? "SELECT 1;" : resource("records/" + file);
					case "liquibase" -> "--liquibase formatted sql\n--changeset you:1\n";
					case "sql-migrate" -> "-- +migrate Up\n";
					default -> "";
				};
				other.migration(service, file, text);
				journal.add("{\"tag\": \"" + file.replace(".sql", "") + "\"}");
			}
			if (format.equals("drizzle")) {
				other.migration(service, "meta/_journal.json", journal.toString());
			}
		}
		this.database.execute("CREATE SCHEMA farm; CREATE TABLE farm.people (); CREATE TABLE farm.pets ()");
		CommandRun both = CommandRun.on(this.database, other, "baseline", "--from-tool", "zoo", "farm", "--dry-run");
		assertThat(both.err()).contains("service \"farm\": table \"");
		CommandRun run = CommandRun.on(this.database, other, "baseline", "--from-tool", "zoo", "--confirm",
				this.database.settings().database());
		assertThat(run.code()).as(run.err()).isZero();
		String[] all = files.split(" ", -1);
		assertThat(run.err()).contains(" of " + tool + " has ", "  applied  " + all[all.length - 2] + "\n",
				"  pending  " + all[all.length - 1] + "\n");
		CommandRun second = CommandRun.on(this.database, other, "baseline", "--from-tool", "farm", "--confirm",
				this.database.settings().database());
		assertThat(second.code()).isEqualTo(2);
		assertThat(second.err()).contains("service \"farm\": table \"");
		CommandRun verified = CommandRun.on(this.database, other, "verify", "--only", "zoo");
		assertThat(verified.out()).doesNotContain("Unexpected");
	}

	private static String resource(String name) throws IOException {
		try (InputStream stream = ToolTakeoverTests.class.getResourceAsStream(name)) {
			return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@Test
	void refusesARecordThatIsNotTheBeginningOfTheFiles() {
		this.database
			.execute(DBMATE + "INSERT INTO zoo.schema_migrations VALUES ('20240101'), ('20240103'), ('20250101')");
		assertThat(refused("zoo")).endsWith("""
				Error: 2 problems
				  service "zoo": file "20240102_pets.sql" is not in table "zoo.schema_migrations" of dbmate, \
				but later ones are: apply it with dbmate, or take it away
				  service "zoo": table "zoo.schema_migrations" of dbmate says "20250101", for which there is no file
				  nothing was touched
				""");
	}

	@Test
	void refusesADirtyRecord() {
		this.database.execute(GOLANG + "INSERT INTO zoo.schema_migrations VALUES (20240102, true)");
		assertThat(refused("zoo")).endsWith(
				"""
						Error: service "zoo": table "zoo.schema_migrations" of golang-migrate says that 20240102 failed half way: \
						bring the schema to the state before or after it, and the table too
						  nothing was touched
						""");
	}

	@Test
	void refusesARecordThatSaysMoreThanTheSchemaHolds() {
		this.database
			.execute(GOLANG + "INSERT INTO zoo.schema_migrations VALUES (20240103, false); DROP TABLE zoo.pets");
		assertThat(refused("zoo")).endsWith("""
				Error: service "zoo" is not at 20240103_age: table "zoo.pets", which "20240102_pets.sql" creates, \
				is not there; give a lower version, or create the table
				  nothing was touched
				""");
	}

	@Test
	void saysWhatToDoWithoutARecordOrWithTwoOrWithOneWithoutNumbers() {
		assertThat(refused("zoo")).endsWith("""
				Error: service "zoo": neither schema "zoo" nor "public" has a table in which a tool that Skein knows \
				keeps its record: say yourself how far it is, with skein baseline zoo@VERSION
				  nothing was touched
				""");
		this.database.execute("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);"
				+ " INSERT INTO alembic_version VALUES ('1975ea83b712')");
		assertThat(refused("zoo")).endsWith("""
				Error: service "zoo": table "public.alembic_version" of Alembic says "1975ea83b712", which begins with \
				no version, and no name of a file has it: say yourself how far it is, with skein baseline zoo@VERSION
				  nothing was touched
				""");
		this.database.execute("CREATE TABLE pgmigrations (id serial, name text)");
		assertThat(refused("zoo")).endsWith("""
				Error: service "zoo": there are several records of tools, public.alembic_version and \
				public.pgmigrations: say yourself how far it is, with skein baseline zoo@VERSION
				  nothing was touched
				""");
		assertThat(refused("zoo@1")).endsWith("""
				Error: "zoo@1" names a version, which --from-tool finds out: write the service only
				  nothing was touched
				""");
	}

	private String refused(String service) {
		CommandRun run = confirmed("baseline", "--from-tool", service);
		assertThat(run.code()).isEqualTo(2);
		assertThat(this.database.query("SELECT to_regclass('zoo.flyway_schema_history')")).containsExactly("null");
		return run.err();
	}

	private CommandRun confirmed(String... arguments) {
		String[] all = Arrays.copyOf(arguments, arguments.length + 2);
		all[arguments.length] = "--confirm";
		all[arguments.length + 1] = this.database.settings().database();
		return run(all);
	}

	private CommandRun run(String... arguments) {
		return CommandRun.on(this.database, this.platform, arguments);
	}

}
