package dev.skein.catalog;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import dev.skein.testing.PlatformFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

class MigrationFormatTests {

	private final PlatformFolder platform;

	MigrationFormatTests(@TempDir Path folder) {
		this.platform = new PlatformFolder(folder);
	}

	@Test
	void readsPlainNamesOfEveryKindInTheOrderOfTheirNumbers() {
		this.platform.service("a", "format: plain")
			.migration("a", "20251201_add_user_roles.sql", "")
			.migration("a", "001_core_tables.sql", "")
			.migration("a", "2025103001-create-x.sql", "")
			.migration("a", "20251105-add-skip-fields.sql", "")
			.migration("a", "rollback_001_core_tables.sql", "")
			.migration("a", "rollback_20251105-add-skip-fields.sql", "");
		assertThat(problems()).isEmpty();
		assertThat(migrations()).containsExactly("001 core tables", "2025103001 create-x",
				"20251105-add-skip-fields add-skip-fields", "20251201_add_user_roles add user roles");
		assertThat(service().undo().keySet()).containsExactlyInAnyOrder(Version.of("1"),
				Version.named("20251105-add-skip-fields"));
	}

	@Test
	void countsByDatesAsTheNamesAreSorted() {
		this.platform.service("a", "format: plain")
			.migration("a", "20251105-e.sql", "")
			.migration("a", "2025110501-f.sql", "")
			.migration("a", "20251104093000_d.sql", "")
			.migration("a", "2025103002-b.sql", "")
			.migration("a", "2025103001-a.sql", "")
			.migration("a", "20251031_01-c.sql", "")
			.migration("a", "20251106_12_factors.sql", "")
			.migration("a", "rollback_2025103001-a.sql", "");
		assertThat(problems()).isEmpty();
		assertThat(migrations()).containsExactly("2025103001 a", "2025103002 b", "20251031_01 c", "20251104093000 d",
				"20251105-e e", "2025110501 f", "20251106_12_factors 12 factors");
		assertThat(service().undo().keySet()).containsExactly(Version.of("20251030.01"));
	}

	@Test
	void takesAWholeNameForTheVersionWhereDatesRepeat() {
		this.platform.service("a", "format: plain")
			.migration("a", "20251104-create-tat-alerts.sql", "")
			.migration("a", "20251104-add-tat-alert-fields.sql", "")
			.migration("a", "20251031_02_create_activities.sql", "")
			.migration("a", "20251031_01_create_subscriptions.sql", "")
			.migration("a", "2025103101-first.sql", "")
			.migration("a", "20251104-add-tat-alert-fields-to-approval-levels-of-old.sql", "")
			.migration("a", "20251104-add-tat-alert-fields-to-approval-levels.sql", "")
			.migration("a", "rollback_20251104-create-tat-alerts.sql", "");
		assertThat(problems()).isEmpty();
		assertThat(service().versioned()).extracting((file) -> file.script().name())
			.containsExactly("2025103101-first.sql", "20251031_01_create_subscriptions.sql",
					"20251031_02_create_activities.sql", "20251104-add-tat-alert-fields.sql",
					"20251104-add-tat-alert-fields-to-approval-levels.sql",
					"20251104-add-tat-alert-fields-to-approval-levels-of-old.sql", "20251104-create-tat-alerts.sql");
		assertThat(service().versioned()).extracting((file) -> String.valueOf(file.version()))
			.doesNotHaveDuplicates()
			.allMatch((version) -> version.length() <= 50 && Version.isLegal(version));
		assertThat(service().undo().keySet()).containsExactly(Version.named("20251104-create-tat-alerts"));
	}

	@Test
	void findsAVersionAsItStandsInTheNameOfItsFile() {
		this.platform.service("a", "format: plain")
			.migration("a", "2025103001-x.sql", "")
			.migration("a", "20251104-b.sql", "")
			.migration("a", "20251104-c.sql", "")
			.migration("a", "20260101093000_d.sql", "");
		assertThat(List.of("2025103001", "20251030.01", "20251104-b", "20251104", "20260101093000", "20260101.093000"))
			.extracting((text) -> service().version(text).map(Version::inName).orElse("none"))
			.containsExactly("2025103001", "2025103001", "20251104-b", "20251104-c", "20260101093000",
					"20260101093000");
		assertThat(List.of("202511", "20251104-", "20251104-bb", ""))
			.allMatch((text) -> service().version(text).isEmpty());
	}

	@Test
	void resolvesWhatAnotherServiceRequiresAsItStandsInTheName() {
		this.platform.service("a", "format: plain")
			.migration("a", "20240101000000_t.sql", "")
			.migration("a", "20240301000000_u.sql", "")
			.migration("a", "20240401-v.sql", "")
			.service("b", "requires: [a@20240101000000]")
			.migration("b", "V1__w.sql", "-- requires: a@20240401-v\n");
		assertThat(problems()).isEmpty();
		ServiceDefinition b = this.platform.catalog().services().stream().skip(1).findFirst().orElseThrow();
		assertThat(b.requires()).hasToString("[a@20240101000000]");
		assertThat(requireNonNull(b.requires().get(0).atLeast())).isEqualTo(Version.of("20240101.000000"));
		assertThat(b.versioned().get(0).requires()).hasToString("[a@20240401-v]");
	}

	@Test
	void ordersDieselsVersionsAsTextWhereTheyAreLonger() {
		this.platform.service("a", "format: diesel")
			.migration("a", "00000000000000_diesel_initial_setup/up.sql", "")
			.migration("a", "2026-03-09-014616-0001_two/up.sql", "")
			.migration("a", "2026-03-09-014616-0000_one/up.sql", "")
			.migration("a", "2026-03-09-235959_three/up.sql", "")
			.migration("a", "2026-04-01-000000_four/up.sql", "");
		assertThat(problems()).isEmpty();
		assertThat(service().versioned()).extracting(Migration::description)
			.containsExactly("diesel initial setup", "one", "two", "three", "four");
	}

	@Test
	void tellsVersionsOfDieselApartThatDifferInZerosOnly() {
		this.platform.service("a", "format: diesel")
			.migration("a", "2026-05-27-120000-0000_two/up.sql", "")
			.migration("a", "2026-05-27-120000_one/up.sql", "")
			.migration("a", "notes.sql", "");
		assertThat(problems()).isEmpty();
		assertThat(service().versioned()).extracting(Migration::description).containsExactly("one", "two");
		assertThat(service().versioned()).extracting((file) -> String.valueOf(file.version()))
			.containsExactly("20260527120000", "20260527120000.10000");
		assertThat(Version.recorded("20260527120000.10000", "2026-05-27-120000-0000_two/up.sql").inName())
			.isEqualTo("2026-05-27-120000-0000");
	}

	@Test
	void takesAWholeNameForTheVersionWhereTheToolDoes() {
		this.platform.service("a", "format: sql-migrate")
			.migration("a", "20241108160105-import-3.sql", "-- +migrate Up\n")
			.migration("a", "20241108160105-import-2.sql", "-- +migrate Up\n")
			.migration("a", "9-first.sql", "-- +migrate Up\n")
			.service("b", "format: node-pg-migrate")
			.migration("b", "1700000000000_y.up.sql", "")
			.migration("b", "1700000000000_y.down.sql", "")
			.migration("b", "1700000000000_x.sql", "");
		assertThat(problems()).isEmpty();
		assertThat(this.platform.catalog().services()).extracting(MigrationFormatTests::scripts)
			.containsExactly("9-first.sql 20241108160105-import-2.sql 20241108160105-import-3.sql",
					"1700000000000_x.sql 1700000000000_y.up.sql");
		assertThat(this.platform.catalog().services()).extracting((one) -> one.undo().size()).containsExactly(0, 1);
	}

	@Test
	void createsTheRecordOfMyBatisUnderItsUsualNameAndFillsInNothingElse() {
		this.platform.service("a", "format: mybatis")
			.migration("a", "1_changelog.sql",
					"CREATE TABLE ${changelog} (id int);\n-- //@UNDO\nDROP TABLE ${changelog};\n")
			.migration("a", "2_x.sql", "SELECT '${url}';\n");
		assertThat(problems().lines().findFirst().orElseThrow())
			.isEqualTo("file \"2_x.sql\" has something that only MyBatis Migrations can read: \"SELECT '${url}';\"");
		assertThat(service().versioned().get(0).executed().strip()).isEqualTo("CREATE TABLE CHANGELOG (id int);");
		assertThat(service().undo().values()).extracting((undo) -> undo.executed().strip())
			.containsExactly("-- //@UNDO\nDROP TABLE CHANGELOG;");
	}

	@Test
	void refusesAMigrationOfRefineryThatIsWrittenInRust() {
		this.platform.service("a", "format: refinery")
			.migration("a", "V1__a.sql", "")
			.migration("a", "V2__b.rs", "")
			.migration("a", "mod.rs", "");
		assertThat(problems()).isEqualTo(
				"""
						file "V2__b.rs" is no migration
						  at a/migrations/V2__b.rs
						  names are V1__what_it_does.sql or U1__what_it_does.sql; migrations written in Rust are not run by Skein""");
	}

	@Test
	void refusesFilesOfYoyoThatDependOnWhatComesLaterOrIsMissing() {
		this.platform.service("a", "format: yoyo")
			.migration("a", "0001.a.sql", "-- depends: 0002.b\nSELECT 1;\n-- depends: 0009.none\n")
			.migration("a", "0002.b.sql", "--\n-- depends: 0000.none\n")
			.migration("a", "0003.c.sql", "-- depends: 0001.a  0002.b\n")
			.migration("a", "0003.c.rollback.sql", "");
		assertThat(problems()).isEqualTo("""
				file "0001.a.sql" depends on "0002.b", whose name comes later
				  at a/migrations/0001.a.sql:1
				  Skein runs files in the order of their names: give it a name below this one's

				file "0002.b.sql" depends on "0000.none", for which there is no file
				  at a/migrations/0002.b.sql:2
				  bring that file along, or take its name out of the line""");
	}

	@Test
	void readsTheChangeSetsOfLiquibaseWithTheLastOneFirstOnTheWayBack() {
		this.platform.service("a", "format: liquibase")
			.migration("a", "db.changelog-master.yaml", "databaseChangeLog: [{includeAll: {path: .}}]")
			.migration("a", "1-a.sql", """
					--liquibase formatted sql

					-- changeset me:1 labels:""
					CREATE TABLE t (id int);
					--rollback DROP TABLE t;
					--changeset "you and me":"2 b" dbms:mysql,mariadb
					CREATE TABLE m (id int) ENGINE=x;
					--changeset me:3 dbms:postgresql stripComments:false runOnChange:false endDelimiter:;
					CREATE TABLE u (id int);
					/* liquibase rollback
					  DROP TABLE u;
					*/
					--changeset me:4
					INSERT INTO t VALUES (1);
					-- rollback not required
					""".replace(" labels:\"\"", ""));
		assertThat(problems()).isEmpty();
		assertThat(service().versioned().get(0).script().text().lines().filter((line) -> !line.isBlank()))
			.containsExactly("CREATE TABLE t (id int);", "CREATE TABLE u (id int);", "INSERT INTO t VALUES (1);");
		assertThat(service().undo().values()).singleElement()
			.satisfies((undo) -> assertThat(undo.script().text().lines().filter((line) -> !line.isBlank()))
				.containsExactly("  DROP TABLE u;", "DROP TABLE t;"));
	}

	@Test
	void refusesWhatLiquibaseWouldDoWithAChangeSetAndSkeinDoesNot() {
		this.platform.service("a", "format: liquibase");
		int number = 0;
		for (String line : new String[] { "--changeset me:1 runOnChange:true", "--changeset me:1 context:test",
				"--changeset me:1 endDelimiter:/", "--preconditions onFail:MARK_RAN", "--property name:x value:y",
				"SELECT ${x};", "--rollback changesetId:1 changesetAuthor:me", "SELECT 1; -- no set" }) {
			number++;
			String above = line.contains("no set") ? "" : "--changeset me:0\n";
			this.platform.migration("a", number + "-x.sql", "--liquibase formatted sql\n" + above + line + "\n");
		}
		this.platform.migration("a", "9-x.xml", "<databaseChangeLog/>");
		assertThat(problems().lines().filter((line) -> line.startsWith("file"))).containsExactly(
				"file \"1-x.sql\" has a change set with \"runOnChange:true\", which Skein does not follow",
				"file \"2-x.sql\" has a change set with \"context:test\", which Skein does not follow",
				"file \"3-x.sql\" has a change set with \"endDelimiter:/\", which Skein does not follow",
				"file \"4-x.sql\" has \"--preconditions onFail:MARK_RAN\", which Skein does not follow",
				"file \"5-x.sql\" has \"--property name:x value:y\", which Skein does not follow",
				"file \"6-x.sql\" has something that only Liquibase can fill in: \"SELECT ${x};\"",
				"file \"7-x.sql\" names another change set as its way back",
				"file \"8-x.sql\" has a statement above its first line \"--changeset\"",
				"file \"9-x.xml\" is no migration");
	}

	@Test
	void namesTheServicesSchemaWhereDrizzleNamesPublic() {
		this.platform.service("a", "format: drizzle", "schema: zoo")
			.migration("a", "meta/_journal.json", "{\"entries\":[{\"tag\":\"0000_a\"}]}")
			.migration("a", "0000_a.sql",
					"ALTER TABLE \"b\" ADD FOREIGN KEY (\"c\") REFERENCES \"public\".\"d\"(\"id\");\n")
			.service("b", "format: plain", "schema: other")
			.migration("b", "1_a.sql", "SELECT \"public\".\"d\"();\n");
		assertThat(problems()).isEmpty();
		assertThat(this.platform.catalog().services()).extracting((one) -> one.versioned().get(0).executed())
			.containsExactly("ALTER TABLE \"b\" ADD FOREIGN KEY (\"c\") REFERENCES \"zoo\".\"d\"(\"id\");\n",
					"SELECT \"public\".\"d\"();\n");
	}

	@Test
	void refusesWhatOnlyGraphileMigrateCanFillIn() {
		this.platform.service("a", "format: graphile").migration("a", "committed/000001.sql", """
				--! Previous: -
				--! Hash: sha1:00

				-- for :DATABASE_OWNER
				SELECT 'a'::TEXT, '12:MIN';
				GRANT USAGE ON SCHEMA a TO :DATABASE_VISITOR;
				""");
		assertThat(service().versioned().get(0).objections()).singleElement()
			.satisfies((problem) -> assertThat(this.platform.relative(problem.describe())).isEqualTo(
					"""
							file "committed/000001.sql" has ":DATABASE_VISITOR", which only graphile-migrate can fill in
							  at a/migrations/committed/000001.sql:6
							  Skein runs what stands in the file: write the value into it, and --! AllowInvalidHash below its --! \
							Hash as long as graphile-migrate reads it, too"""));
	}

	private static String scripts(ServiceDefinition service) {
		return service.versioned().stream().map((file) -> file.script().name()).collect(Collectors.joining(" "));
	}

	@Test
	void refusesNumbersOfDieselWhoseOrderAsTextIsAnother() {
		this.platform.service("a", "format: diesel")
			.migration("a", "9_one/up.sql", "")
			.migration("a", "10_two/up.sql", "");
		assertThat(problems()).isEqualTo(
				"""
						file "10_two/up.sql" comes before "9_one/up.sql" as text, which is diesel's order, and behind it by its number
						  at a/migrations/10_two/up.sql
						  write both numbers with as many digits""");
	}

	@Test
	void takesALongNumberForADateOnlyWhereItIsOne() {
		this.platform.service("a", "format: plain")
			.migration("a", "2025990001_a.sql", "")
			.migration("a", "1000000001_b.sql", "")
			.service("b")
			.migration("b", "V2025103001__a.sql", "");
		assertThat(this.platform.catalog().services().stream().flatMap((one) -> one.versioned().stream()))
			.extracting((file) -> String.valueOf(file.version()))
			.containsExactlyInAnyOrder("2025990001", "1000000001", "2025103001");
	}

	@Test
	void namesTheFormatThatAFileLooksLike() {
		this.platform.service("a")
			.migration("a", "001_core_tables.sql", "")
			.migration("a", "notes.txt", "")
			.service("b", "format: plain")
			.migration("b", "V1__core.sql", "");
		assertThat(problems()).isEqualTo("""
				file "001_core_tables.sql" is no migration
				  at a/migrations/001_core_tables.sql
				  looks like plain: add format: plain to service.yml

				file "notes.txt" is no migration
				  at a/migrations/notes.txt
				  names are V001__what_it_does.sql, U001__what_it_undoes.sql or R__what_it_defines.sql

				file "V1__core.sql" is no migration
				  at b/migrations/V1__core.sql
				  looks like flyway: write format: flyway in service.yml""");
	}

	@Test
	void refusesAFormatThatDoesNotExist() {
		this.platform.service("a", "format: plan")
			.migration("a", "001_core_tables.sql", "")
			.service("b", "format: 1")
			.service("c", "format: evolve", "requires: [a]");
		assertThat(problems()).isEqualTo("""
				format "plan" is unknown
				  at a/service.yml:2
				  did you mean "plain"?

				"format" must be text, not a number
				  at b/service.yml:2
				  put it in quotes

				format "evolve" is unknown
				  at c/service.yml:2
				  formats: %s""".formatted(String.join(", ", MigrationFormat.labels())));
	}

	@Test
	void leavesTheOtherWayOfASectionedFileEmptySoThatLinesKeepTheirNumbers() {
		this.platform.service("a", "format: dbmate").migration("a", "20240101000000_people.sql", """
				-- What this does
				-- requires: core@3
				-- migrate:up
				CREATE TABLE people ();

				-- migrate:down transaction:false
				DROP TABLE people;
				""");
		Migration people = service().versioned().get(0);
		assertThat(people.script().text()).isEqualTo("""
				-- What this does
				-- requires: core@3
				-- migrate:up
				CREATE TABLE people ();

				""");
		assertThat(people.requires()).hasToString("[core@3]");
		assertThat(people.runsAlone()).isFalse();
		Migration undo = requireNonNull(service().undo().get(Version.of("20240101000000")));
		assertThat(undo.script().text()).isEqualTo("\n\n\n\n\n-- migrate:down transaction:false\nDROP TABLE people;\n");
		assertThat(undo.runsAlone()).isTrue();
		assertThat(undo.statements().get(0).line()).isEqualTo(7);
	}

	@Test
	void readsSectionsAsTheirToolsWriteThem() {
		this.platform.service("a", "format: goose")
			.migration("a", "embed.go", "package migrations")
			.migration("a", "00001_one.sql", "-- +GOOSE up\r\nSELECT 1;\r\n--+goose down\r\nSELECT 2;\r\n")
			.migration("a", "00002_two.sql", """
					-- +goose NO TRANSACTION
					-- +goose Up
					-- +goose StatementBegin
					SELECT 1
					-- +goose StatementEnd
					-- +goose StatementBegin
					SELECT 2;
					-- +goose StatementEnd
					-- +goose Down
					-- nothing
					""");
		assertThat(problems()).isEmpty();
		assertThat(service().undo()).hasSize(1);
		Migration two = service().versioned().get(1);
		assertThat(two.statements()).hasSize(2);
		assertThat(two.runsAlone()).isTrue();
	}

	@Test
	void refusesSectionsThatCannotBeToldApart() {
		this.platform.service("a", "format: dbmate")
			.migration("a", "1_none.sql", "SELECT 1;")
			.migration("a", "2_above.sql", "-- fine\nSELECT 1;\n-- migrate:up\nSELECT 2;")
			.migration("a", "3_twice.sql", "-- migrate:up\n-- migrate:down\n-- migrate:up\n")
			.migration("a", "4_around.sql", "-- migrate:down\n-- migrate:up\n")
			.service("b", "format: goose")
			.migration("b", "1_env.sql", "-- +goose ENVSUB ON\n-- +goose Up\nSELECT '${X}';")
			.migration("b", "2_code.go", "package migrations");
		assertThat(problems()).isEqualTo("""
				file "1_none.sql" does not begin with a section "-- migrate:up"
				  at a/migrations/1_none.sql
				  write that line above its first statement

				file "2_above.sql" has a statement above its section "-- migrate:up"
				  at a/migrations/2_above.sql:2
				  put it below that line

				file "3_twice.sql" has two sections "-- migrate:up"
				  at a/migrations/3_twice.sql:3
				  write a file for each migration

				file "4_around.sql" does not begin with a section "-- migrate:up"
				  at a/migrations/4_around.sql
				  write that line above its first statement

				file "1_env.sql" wants variables of the environment in its SQL
				  at b/migrations/1_env.sql:1
				  Skein runs what stands in the file: write the values into it

				file "2_code.go" is no migration
				  at b/migrations/2_code.go
				  names are 00001_what_it_does.sql; migrations written in Go are not run by Skein""");
	}

	@Test
	void refusesToRunBothWaysOfAFileAtOnce() {
		this.platform.service("a", "format: plain")
			.migration("a", "001_core.sql", "-- migrate:up\nCREATE TABLE t ();\n-- migrate:down\nDROP TABLE t;");
		assertThat(problems()).isEmpty();
		assertThat(this.platform.objections()).isEqualTo("""
				file "001_core.sql" has "-- migrate:up", a section mark of dbmate, which format "plain" does not know
				  at a/migrations/001_core.sql:1
				  looks like dbmate: write format: dbmate in service.yml""");
	}

	@Test
	void refusesSectionsOfAnotherToolInEveryFormat() {
		this.platform.service("a", "")
			.migration("a", "V001__core.sql", "-- migrate:up\nCREATE TABLE t ();\n-- migrate:down\nDROP TABLE t;")
			.service("b", "format: dbmate")
			.migration("b", "1_core.sql", "-- migrate:up\nCREATE TABLE t ();\n-- +goose Down\nDROP TABLE t;");
		assertThat(problems()).isEmpty();
		assertThat(this.platform.objections()).isEqualTo("""
				file "V001__core.sql" has "-- migrate:up", a section mark of dbmate, which format "flyway" does not know
				  at a/migrations/V001__core.sql:1
				  looks like dbmate: add format: dbmate to service.yml

				file "1_core.sql" has "-- +goose Down", a section mark of goose, which format "dbmate" does not know
				  at b/migrations/1_core.sql:3
				  looks like goose: write format: goose in service.yml""");
	}

	@Test
	void findsSectionsBehindAByteOrderMark() {
		this.platform.service("a", "format: dbmate")
			.migration("a", "1_core.sql", "\uFEFF-- migrate:up\nCREATE TABLE t ();\n-- migrate:down\nDROP TABLE t;");
		assertThat(problems()).isEmpty();
		assertThat(service().undo()).hasSize(1);
	}

	@Test
	void refusesFilesOfNodePgMigrateWhichHoldBothWays() {
		this.platform.service("a", "format: plain")
			.migration("a", "1700000000000_core.sql",
					"-- Up Migration\nCREATE TABLE t ();\n-- Down Migration\nDROP TABLE t;");
		assertThat(this.platform.objections()).isEqualTo("""
				file "1700000000000_core.sql" has "-- Up Migration", a section mark of node-pg-migrate, \
				which format "plain" does not know
				  at a/migrations/1700000000000_core.sql:1
				  looks like node-pg-migrate: write format: node-pg-migrate in service.yml""");
	}

	@Test
	void guessesAFolderByTheFilesInIt() {
		this.platform.service("a", "format: diesel")
			.migration("a", "20240101000000_init/migration.sql", "")
			.service("b")
			.migration("b", "20240101000000_init/migration.sql", "");
		assertThat(this.platform.catalog().problems()).extracting(Problem::hint)
			.containsExactly("looks like prisma: write format: prisma in service.yml",
					"looks like prisma: write format: prisma in service.yml",
					"looks like prisma: add format: prisma to service.yml");
	}

	@Test
	void makesOneProblemOfManyThatHaveOneCause() {
		this.platform.service("a");
		for (int i = 1001; i <= 3000; i++) {
			this.platform.migration("a", i + "_x.sql", "");
		}
		this.platform.migration("a", "notes.txt", "");
		assertThat(problems()).isEqualTo("""
				file "1001_x.sql" is no migration; 1999 more are like it
				  at a/migrations/1001_x.sql
				  looks like plain: add format: plain to service.yml

				file "notes.txt" is no migration
				  at a/migrations/notes.txt
				  names are V001__what_it_does.sql, U001__what_it_undoes.sql or R__what_it_defines.sql""");
	}

	@Test
	void takesTheWholeFolderOfPrismaForTheVersion() {
		this.platform.service("a", "format: prisma")
			.migration("a", "migration_lock.toml", "provider = \"postgresql\"")
			.migration("a", "0_init/migration.sql", "")
			.migration("a", "20240101000000_more/migration.sql", "")
			.migration("a", "20240101000000_less/migration.sql", "")
			.migration("a", "20240101000000_less/down.sql", "")
			.migration("a", "20240102000000_empty/notes.txt", "");
		assertThat(problems()).isEqualTo("""
				folder "20240102000000_empty" is no migration
				  at a/migrations/20240102000000_empty
				  migrations are folders 20260131120000_what_it_does with migration.sql and perhaps down.sql

				file "20240102000000_empty/notes.txt" is no migration
				  at a/migrations/20240102000000_empty/notes.txt
				  migrations are folders 20260131120000_what_it_does with migration.sql and perhaps down.sql""");
		assertThat(migrations()).containsExactly("0_init init", "20240101000000_less less", "20240101000000_more more");
		assertThat(service().undo().keySet()).containsExactly(Version.named("20240101000000_less"));
	}

	@Test
	void letsTheJournalOfDrizzleDecide() {
		this.platform.service("a", "format: drizzle")
			.migration("a", "0000_one.sql", "SELECT 1;--> statement-breakpoint\nSELECT 2;")
			.migration("a", "0001_two.sql", "")
			.migration("a", "meta/0000_snapshot.json", "{}")
			.migration("a", "meta/_journal.json",
					"{\"entries\": [{\"idx\": 0, \"tag\": \"0000_one\"}, {\"idx\": 1, \"tag\": \"0001_three\"}]}")
			.service("b", "format: drizzle")
			.migration("b", "0000_one.sql", "")
			.migration("b", "0001_two.sql", "")
			.migration("b", "meta/_journal.json", "{\"entries\": [{\"tag\": \"0001_two\"}, {\"tag\": \"0000_one\"}]}")
			.service("c", "format: drizzle")
			.migration("c", "0000_one.sql", "");
		assertThat(problems()).isEqualTo("""
				file "0001_two.sql" does not stand in meta/_journal.json, so drizzle does not apply it
				  at a/migrations/0001_two.sql
				  let drizzle-kit write both: drizzle-kit generate

				the journal names "0001_three.sql", which is not there
				  at a/migrations/meta/_journal.json
				  let drizzle-kit write both: drizzle-kit generate

				the journal has another order than the numbers of its files
				  at b/migrations/meta/_journal.json
				  give the files numbers in the order of the journal

				there is no meta/_journal.json, which says what drizzle applies
				  at c/migrations/0000_one.sql
				  bring it along, or write format: plain""");
		assertThat(service().versioned().get(0).statements()).hasSize(2);
	}

	@Test
	void refusesWhatOnlyTheToolCanFillIn() {
		this.platform.service("a", "format: tern")
			.migration("a", "001_x.sql", "SELECT 1;\n{{ template \"shared/x.sql\" . }}\n")
			.service("b", "format: mybatis")
			.migration("b", "1_x.sql", "-- // x\nCREATE TABLE ${schema}.t ();\n-- //@UNDO\nDROP TABLE t;")
			.migration("b", "2_x.sql", "-- // x\n-- @DELIMITER ;;\nSELECT 1;;\n")
			.migration("b", "bootstrap.sql", "");
		assertThat(problems()).isEqualTo("""
				file "001_x.sql" has something that only tern can read: "{{ template "shared/x.sql" . }}"
				  at a/migrations/001_x.sql:2
				  Skein runs what stands in the file: write plain SQL into it

				file "1_x.sql" has something that only MyBatis Migrations can read: "CREATE TABLE ${schema}.t ();"
				  at b/migrations/1_x.sql:2
				  Skein runs what stands in the file: write plain SQL into it

				file "2_x.sql" has something that only MyBatis Migrations can read: "-- @DELIMITER ;;"
				  at b/migrations/2_x.sql:2
				  Skein runs what stands in the file: write plain SQL into it

				file "bootstrap.sql" is no migration
				  at b/migrations/bootstrap.sql
				  names are 20260131120000_what_it_does.sql""");
	}

	@Test
	void takesAllOfAFileOfNodePgMigrateForTheWayForthUpToItsOtherSection() {
		this.platform.service("a", "format: node-pg-migrate")
			.migration("a", "1700000000000_one.sql", "CREATE TABLE t ();\n---- Down migration: drops it\nDROP TABLE t;")
			.migration("a", "1700000000001-two.sql", "SELECT 1;");
		assertThat(problems()).isEmpty();
		assertThat(service().versioned().get(0).statements()).hasSize(1);
		assertThat(service().undo()).hasSize(1);
		assertThat(this.platform.objections()).isEmpty();
	}

	@Test
	void readsTheSemicolonsAndCommentsOfPlay() {
		this.platform.service("a", "format: play")
			.migration("a", "1.sql", "# Users\n# --- !Ups\nSELECT 'a;;b';\n# --- !Downs\nSELECT 2;");
		assertThat(problems()).isEmpty();
		assertThat(service().versioned().get(0).script().text()).isEqualTo("-- Users\n-- --- !Ups\nSELECT 'a;b';\n");
		assertThat(this.platform.objections()).isEmpty();
	}

	@Test
	void takesOrysFileForPostgresBeforeTheGenericOne() {
		this.platform.service("a", "format: ory")
			.migration("a", "20200101000000000001_x.up.sql", "")
			.migration("a", "20200101000000000001_x.postgres.up.sql", "")
			.migration("a", "20200101000000000001_x.cockroach.up.sql", "")
			.migration("a", "20200101000000000001_x.down.sql", "")
			.migration("a", "20200101000000000002_y.up.sql", "")
			.migration("a", "20200101000000000002_y.postgres.autocommit.up.sql", "");
		assertThat(problems()).isEmpty();
		assertThat(service().versioned()).extracting((file) -> file.script().name())
			.containsExactly("20200101000000000001_x.postgres.up.sql",
					"20200101000000000002_y.postgres.autocommit.up.sql");
		assertThat(service().versioned()).extracting(Migration::runsAlone).containsExactly(false, true);
		assertThat(service().undo().get(Version.of("20200101000000000001"))).isNotNull();
	}

	@Test
	void guessesEveryFormat() {
		this.platform.service("a")
			.migration("a", "000001_a.up.sql", "")
			.migration("a", "2_b.sql", "-- migrate:up")
			.migration("a", "3_c.sql", "-- +goose Up")
			.migration("a", "2024-01-01-000000_d/up.sql", "")
			.migration("a", "5_e.sql", "");
		assertThat(this.platform.catalog().problems()).extracting(Problem::hint)
			.containsExactly("looks like golang-migrate: add format: golang-migrate to service.yml",
					"looks like diesel: add format: diesel to service.yml",
					"looks like dbmate: add format: dbmate to service.yml",
					"looks like goose: add format: goose to service.yml",
					"looks like plain: add format: plain to service.yml");
	}

	@Test
	void readsAFolderForEachMigration() {
		this.platform.service("a", "format: diesel")
			.migration("a", "00000000000000_diesel_initial_setup/up.sql", "")
			.migration("a", "2024-01-01-120000_people/up.sql", "SELECT 1;")
			.migration("a", "2024-01-01-120000_people/down.sql", "")
			.migration("a", "2024-01-01-120000_people/notes.txt", "")
			.migration("a", "2024-01-01-120000_people/README.md", "")
			.migration("a", ".keep", "")
			.migration("a", ".git/config", "");
		assertThat(problems()).isEqualTo(
				"""
						file "2024-01-01-120000_people/notes.txt" is no migration
						  at a/migrations/2024-01-01-120000_people/notes.txt
						  migrations are folders 2026-01-31-120000_what_it_does with up.sql, down.sql and perhaps metadata.toml""");
		assertThat(migrations()).containsExactly("00000000000000 diesel initial setup", "2024-01-01-120000 people");
	}

	@Test
	void allowsAMixedFileOnlyWhereItSaysItself() {
		String mixed = "CREATE INDEX CONCURRENTLY i ON t (a);\nALTER TABLE t ADD b int;\n";
		this.platform.service("a", "format: sqlx")
			.migration("a", "1_said.sql", "-- no-transaction\n" + mixed)
			.migration("a", "2_unsaid.up.sql", mixed)
			.migration("a", "2_unsaid.down.sql", "");
		assertThat(problems()).isEmpty();
		assertThat(this.platform.objections()).isEqualTo("""
				statement "CREATE INDEX CONCURRENTLY" must run outside a transaction, \
				but file "2_unsaid.up.sql" has others that run inside one
				  at a/migrations/2_unsaid.up.sql:1
				  put it into a file of its own, such as 3_create_index_concurrently.up.sql""");
	}

	@Test
	void takesOutTheTransactionThatWrapsAWholeFile() {
		this.platform.service("a", "format: golang-migrate")
			.migration("a", "1_wrapped.up.sql", "-- why\nBEGIN;\nSELECT 1;\n\nCOMMIT;\n")
			.migration("a", "2_windows.up.sql", "start transaction ;\r\nSELECT 'COMMIT;';\r\nCommit;")
			.migration("a", "3_two.up.sql", "BEGIN;\nSELECT 1;\nCOMMIT;\nBEGIN;\nSELECT 2;\nCOMMIT;\n")
			.migration("a", "4_half.up.sql", "BEGIN;\nSELECT 1;\nCOMMIT;\nSELECT 2;\n");
		assertThat(service().versioned()).extracting((file) -> file.script().text())
			.containsExactly("-- why\n\nSELECT 1;\n\n\n", "\nSELECT 'COMMIT;';\r\n",
					"BEGIN;\nSELECT 1;\nCOMMIT;\nBEGIN;\nSELECT 2;\nCOMMIT;\n",
					"BEGIN;\nSELECT 1;\nCOMMIT;\nSELECT 2;\n");
		assertThat(this.platform.objections().lines().filter((line) -> line.startsWith("  at")))
			.containsExactly("  at a/migrations/3_two.up.sql:3", "  at a/migrations/4_half.up.sql:3");
	}

	private ServiceDefinition service() {
		return this.platform.catalog().services().iterator().next();
	}

	private List<String> migrations() {
		return service().versioned().stream().map((file) -> file.label() + " " + file.description()).toList();
	}

	private String problems() {
		return this.platform.relative(
				this.platform.catalog().problems().stream().map(Problem::describe).collect(Collectors.joining("\n\n")));
	}

}
