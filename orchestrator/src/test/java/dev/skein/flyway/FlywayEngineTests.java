package dev.skein.flyway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.RunListener;
import dev.skein.postgres.Postgres;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What we rely on in Flyway; a new version of it has to pass.
 */
class FlywayEngineTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	List<String> told = new ArrayList<>();

	@BeforeEach
	void drawOneService() {
		this.platform = new PlatformFolder(this.folder).service("s");
		this.database.execute("CREATE SCHEMA s");
	}

	@Test
	void recordsTheChecksumsThatTheCatalogCalculates() {
		this.platform.migration("s", "V1__plain.sql", "CREATE TABLE t ();\n-- ä\n")
			.migration("s", "V2__crlf.sql", "SELECT 1;\r\nSELECT 2;\r\n\r\n")
			.migration("s", "V3__mark.sql", "\uFEFFSELECT 1;\n\n\n")
			.migration("s", "V4__old_mac.sql", "SELECT 1;\rSELECT 2;")
			.migration("s", "R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 1;");
		assertThat(apply().error()).isNull();
		List<String> expected = new ArrayList<>();
		service().versioned().forEach((file) -> expected.add(String.valueOf(file.script().checksum())));
		service().repeatable().forEach((file) -> expected.add(String.valueOf(file.script().checksum())));
		assertThat(this.database.query("SELECT checksum FROM s.flyway_schema_history ORDER BY installed_rank"))
			.isEqualTo(expected);
	}

	@Test
	void leavesAHistoryThatPlainFlywayContinues() {
		this.platform.migration("s", "V1__one.sql", "CREATE TABLE t ();")
			.migration("s", "U1__one.sql", "DROP TABLE t;");
		apply();
		this.platform.migration("s", "V2__two.sql", "ALTER TABLE t ADD x int;");
		Flyway plain = Flyway.configure()
			.loggers(QuietLog.class.getName())
			.dataSource(Postgres.dataSource(this.database.settings()))
			.schemas("s")
			.locations("filesystem:" + this.folder.resolve("s/migrations"))
			.load();
		assertThat(plain.validateWithResult().errorDetails).as("only the new file is missing").isNotNull();
		assertThat(plain.migrate().migrationsExecuted).isOne();
		plain.validate();
		assertThat(apply().applied()).isEmpty();
	}

	@Test
	void commitsAFileAndItsRowTogether() {
		this.platform.migration("s", "V1__one.sql", "CREATE TABLE t ();");
		apply();
		assertThat(this.database.query("""
				SELECT t.xmin = h.xmin
				FROM pg_class t, s.flyway_schema_history h
				WHERE t.oid = 's.t'::regclass AND h.version = '1'""")).containsExactly("t");
	}

	@Test
	void rollsAFailedFileBackWhole() {
		this.platform.migration("s", "V1__one.sql", "CREATE TABLE one ();")
			.migration("s", "V2__two.sql", "CREATE TABLE two (); INSERT INTO two SELECT 1/0;");
		MigrationEngine.Result result = apply();
		assertThat(result.applied()).extracting((file) -> file.migration().label()).containsExactly("1");
		assertThat(result.error()).isNotNull();
		assertThat(this.database.tables()).containsExactly("s.one");
		assertThat(this.database.query("SELECT version FROM s.flyway_schema_history")).containsExactly("1");
	}

	@Test
	void doesNotCountAFileThatFailsAtItsCommit() {
		this.platform.migration("s", "V1__one.sql", """
				CREATE TABLE a (id int PRIMARY KEY);
				CREATE TABLE b (a int REFERENCES a DEFERRABLE INITIALLY DEFERRED);
				INSERT INTO b VALUES (7);
				""");
		MigrationEngine.Result result = apply();
		assertThat(result.applied()).isEmpty();
		assertThat(result.error()).isNotNull();
		assertThat(result.error().migration()).isEqualTo("V1__one.sql");
		assertThat(result.error().sqlState()).isEqualTo("23503");
		assertThat(this.told).containsExactly("started 1");
		assertThat(this.database.tables()).isEmpty();
	}

	@Test
	void commitsEachFileBeforeTheNextBegins() {
		this.platform.migration("s", "V1__one.sql", "CREATE TABLE a (id int PRIMARY KEY);")
			.migration("s", "V2__two.sql", "CREATE TABLE b (a int REFERENCES a DEFERRABLE INITIALLY DEFERRED);")
			.migration("s", "V3__three.sql", "INSERT INTO b VALUES (7);")
			.migration("s", "V4__four.sql", "CREATE TABLE c ();");
		MigrationEngine.Result result = apply();
		assertThat(result.error()).satisfies((error) -> {
			assertThat(error.migration()).isEqualTo("V3__three.sql");
			assertThat(error.sqlState()).isEqualTo("23503");
		});
		assertThat(this.told).containsExactly("started 1", "applied 1", "started 2", "applied 2", "started 3");
		assertThat(this.database.query("SELECT version FROM s.flyway_schema_history ORDER BY 1")).containsExactly("1",
				"2");
		assertThat(this.database.query("SELECT count(DISTINCT xmin::text) FROM s.flyway_schema_history"))
			.containsExactly("2");
		assertThat(this.database.tables()).containsExactly("s.a", "s.b");
	}

	@Test
	void namesTheLineAtWhichPostgresStumbled() {
		this.platform.migration("s", "V1__one.sql", """
				-- one

				CREATE TABLE fine ();
				CREATE TABLE t (
				    id int,
				    name txt
				);
				""");
		assertThat(apply().error()).satisfies((error) -> {
			assertThat(error.line()).isEqualTo(6);
			assertThat(error.sqlState()).isEqualTo("42704");
			assertThat(error.message()).isEqualTo("type \"txt\" does not exist\nPOSITION: 39");
		});
	}

	@ParameterizedTest
	@CsvSource({ "'-- one|-- two|-- three|create table a(id intx);', 4",
			"'/*| * License| */|||-- c|insert into nowhere values (1)', 7",
			"'select 1;|-- a|-- b|insert into|  nowhere|values (1);', 5",
			"'select 1; -- \u00f6|/* long|comment */ create table b (id int,| x integr not null);', 4",
			"'create table a( -- c \u00f6 \ud83d\ude00| id int, -- \ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00| b intt);', 3",
			"'select 1/1;|select 1/1;|-- c|select 1/0;|select 1/1;', 4",
			"'create table t (id int|  references nowhere);', 1",
			"'-- c|do $$|begin|  perform 1;|  perform nonsense();|end $$;', 5" })
	void namesTheLineAtWhichPostgresStumbledWhateverStandsBefore(String lines, int line) {
		this.platform.migration("s", "V1__one.sql", lines.replace("|", "\n"));
		assertThat(apply().error()).satisfies((error) -> assertThat(error.line()).isEqualTo(line));
	}

	@Test
	void saysHowATableThatExistsDiffersFromWhatTheFileWouldCreate() {
		this.platform.migration("s", "V1__one.sql", "SELECT 1;");
		apply();
		this.database.execute("CREATE TABLE s.other (id int PRIMARY KEY);"
				+ " CREATE TABLE s.t (id int NOT NULL, name text, extra date)");
		this.platform.migration("s", "V2__two.sql", """
				-- a comment
				CREATE TABLE t (
				    id bigint NOT NULL,
				    name text,
				    mail text DEFAULT 'none',
				    other int REFERENCES other
				);""");
		String adopt = "the object exists already: find out who created it, then drop it or take its schema over with:"
				+ " skein baseline SERVICE@VERSION; ";
		assertThat(apply().error()).satisfies((error) -> assertThat(error.hint()).isEqualTo(adopt
				+ "it differs from what the file would create: column \"extra\" is not in the file, column \"id\" is"
				+ " integer NOT NULL, the file says bigint NOT NULL, column \"mail\" is missing, column \"other\" is"
				+ " missing"));
		this.platform.migration("s", "V2__two.sql", "CREATE TABLE t (id int NOT NULL, name text, extra date);");
		assertThat(apply().error()).satisfies((error) -> assertThat(error.hint())
			.isEqualTo(adopt + "its columns are those that the file would create"));
		assertThat(this.database.query("SELECT nspname FROM pg_namespace WHERE nspname = 'skein_comparison'"))
			.isEmpty();
	}

	@Test
	void tellsAboutEachFileAsItGoes() {
		this.platform.migration("s", "V1__one.sql", "SELECT 1;").migration("s", "V2__two.sql", "SELECT 1/0;");
		apply();
		assertThat(this.told).containsExactly("started 1", "applied 1", "started 2");
	}

	@Test
	void goesOnAfterItsConnectionWasLost() {
		this.platform.migration("s", "V1__one.sql", "SELECT pg_terminate_backend(pg_backend_pid());");
		try (MigrationEngine.Worker worker = engine().open(Duration.ofMinutes(5))) {
			MigrationEngine.Result lost = worker.apply(service(), service().versioned(), null, RunListener.SILENT);
			assertThat(lost.error()).isNotNull();
			assertThat(lost.error().sqlState()).isEqualTo("57P01");
			this.platform.migration("s", "V1__one.sql", "CREATE TABLE t ();");
			assertThat(worker.apply(service(), service().versioned(), null, RunListener.SILENT).error()).isNull();
		}
		assertThat(this.database.tables()).containsExactly("s.t");
	}

	private ServiceDefinition service() {
		return this.platform.catalog().services().iterator().next();
	}

	private MigrationEngine engine() {
		return new FlywayEngine(SessionSource.of(Postgres.dataSource(this.database.settings())));
	}

	private MigrationEngine.Result apply() {
		List<Migration> all = new ArrayList<>(service().versioned());
		all.addAll(service().repeatable());
		try (MigrationEngine.Worker worker = engine().open(Duration.ofMinutes(5))) {
			return worker.apply(service(), all, null, new RunListener() {

				@Override
				public void started(ServiceDefinition service, Migration migration) {
					FlywayEngineTests.this.told.add("started " + migration.label());
				}

				@Override
				public void applied(ServiceDefinition service, AppliedFile file) {
					FlywayEngineTests.this.told.add("applied " + file.migration().label());
				}

			});
		}
	}

}
