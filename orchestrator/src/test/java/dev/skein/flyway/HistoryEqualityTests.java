package dev.skein.flyway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.RunListener;
import dev.skein.postgres.Postgres;
import dev.skein.testing.NewerFlyway;
import dev.skein.testing.PlainFlyway;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The history that Skein writes is the one that plain Flyway would have written, of the
 * version on the class path and of the next major one.
 */
class HistoryEqualityTests {

	/** Every column but the times. */
	private static final String ROWS = "SELECT installed_rank || ' ' || coalesce(version, '-') || ' ' || description"
			+ " || ' ' || type || ' ' || script || ' ' || coalesce(checksum::text, '-') || ' ' || installed_by || ' '"
			+ " || success FROM s.flyway_schema_history ORDER BY installed_rank";

	private static final String TABLE = """
			SELECT attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull
			    || coalesce(' ' || pg_get_expr(adbin, adrelid), '')
			FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
			WHERE attrelid = 's.flyway_schema_history'::regclass AND attnum > 0
			UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index
			WHERE indrelid = 's.flyway_schema_history'::regclass ORDER BY 1""";

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void createFilesOfManyKinds() {
		this.platform = new PlatformFolder(this.folder).service("s");
		this.platform.migration("s", "V1__create_table.sql", "CREATE TABLE t (id int PRIMARY KEY, name text);\n")
			.migration("s", "V1.1__dotted_version.sql", "ALTER TABLE t ADD a int;\r\nALTER TABLE t ADD b int;\r\n")
			.migration("s", "V2_0_1__underscores_in_version.sql", "\uFEFFALTER TABLE t ADD c int;")
			.migration("s", "V003__leading_zeros.sql", "-- ä comment only\nSELECT 'ä\\';\n\n\n")
			.migration("s", "V4__it's_quoted.sql", "SELECT $$;$$; DO $x$ BEGIN NULL; END $x$")
			.migration("s", "V5__rows.sql", "COPY t (id, name) FROM stdin;\n1\tone\n2\t;--'\n\\.\nSELECT 1;\n")
			.migration("s", "V6__function.sql",
					"CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;")
			.migration("s", "V7__index.sql", "CREATE INDEX CONCURRENTLY i ON t (name);")
			.migration("s", "V8__" + "long_".repeat(44) + ".sql", "CREATE TABLE u (id int);")
			.migration("s", "V20251031120000__stamp.sql", "CREATE TABLE v (id int)")
			.migration("s", "R__b_view.sql", "CREATE OR REPLACE VIEW w AS SELECT 1 AS one;")
			.migration("s", "R__a_function.sql",
					"CREATE OR REPLACE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1';");
	}

	@Test
	void isThatOfFlywayRowByRow() {
		TestDatabase ours = database();
		assertThat(apply(ours).error()).isNull();
		TestDatabase plain = database();
		PlainFlyway.on(plain, this.platform, "s").migrate();
		assertThat(ours.query(ROWS)).isEqualTo(plain.query(ROWS)).hasSize(12);
		assertThat(ours.query(TABLE)).isEqualTo(plain.query(TABLE));
	}

	@Test
	void isThatOfTheNextFlywayRowByRow() throws Exception {
		TestDatabase ours = database();
		assertThat(apply(ours).error()).isNull();
		TestDatabase plain = database();
		try (NewerFlyway flyway = new NewerFlyway()) {
			assertThat(flyway.version()).startsWith("13.");
			flyway.migrate(plain, this.platform, "s");
			assertThat(ours.query(ROWS)).isEqualTo(plain.query(ROWS)).hasSize(12);
			assertThat(ours.query(TABLE)).isEqualTo(plain.query(TABLE));
		}
	}

	@Test
	void isContinuedByFlywayAndBackAgain() throws Exception {
		TestDatabase ours = database();
		apply(ours);
		this.platform.migration("s", "V30000000000000__by_flyway.sql", "CREATE TABLE x (id int);")
			.migration("s", "R__b_view.sql", "CREATE OR REPLACE VIEW w AS SELECT 2 AS one;");
		try (NewerFlyway flyway = new NewerFlyway()) {
			flyway.migrate(ours, this.platform, "s");
			this.platform.migration("s", "V30000000000001__by_skein.sql", "CREATE TABLE y (id int);")
				.migration("s", "R__a_function.sql",
						"CREATE OR REPLACE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 2';");
			MigrationEngine.Result result = apply(ours);
			assertThat(result.error()).isNull();
			assertThat(result.applied()).extracting((file) -> file.migration().label())
				.containsExactly("30000000000001", "a function");
			flyway.validate(ours, this.platform, "s");
		}
		assertThat(PlainFlyway.on(ours, this.platform, "s").migrate().migrationsExecuted).isZero();
	}

	@Test
	void keepsAFailureOutsideATransactionAsFlywayDoes() {
		this.platform.migration("s", "V30000000000000__fails.sql", "DROP INDEX CONCURRENTLY nowhere;");
		TestDatabase ours = database();
		assertThat(apply(ours).error()).isNotNull();
		TestDatabase plain = database();
		assertThatThrownBy(() -> PlainFlyway.on(plain, this.platform, "s").migrate())
			.isInstanceOf(FlywayException.class);
		String failed = "SELECT installed_rank || ' ' || version || ' ' || description || ' ' || script || ' ' || checksum"
				+ " FROM s.flyway_schema_history WHERE NOT success";
		assertThat(ours.query(failed)).isEqualTo(plain.query(failed)).hasSize(1);
	}

	@Test
	void refusesASchemaThatIsNotEmptyAsFlywayDoes() {
		TestDatabase ours = database();
		ours.execute("CREATE TABLE s.there (id int)");
		assertThat(apply(ours).error()).satisfies((error) -> assertThat(error.hint())
			.isEqualTo("the schema was filled by something else: empty it, or take it over with: skein baseline"
					+ " SERVICE@VERSION"));
		assertThat(ours.tables()).containsExactly("s.there");
	}

	@Test
	void takesTheLockOfPlainFlywayForAFileOutsideATransaction() {
		TestDatabase ours = database();
		apply(ours);
		this.platform.migration("s", "V30000000000000__look.sql",
				"CREATE TABLE locks AS SELECT ((classid::bigint << 32) + objid::bigint) AS key FROM pg_locks"
						+ " WHERE locktype = 'advisory' AND objsubid = 1 AND pid = pg_backend_pid();");
		PlainFlyway.on(ours, this.platform, "s").migrate();
		assertThat(ours.query("SELECT key FROM s.locks"))
			.containsExactly(String.valueOf(FlywayLock.key(service().schema())));
	}

	private static TestDatabase database() {
		TestDatabase database = TestServer.freshDatabase();
		database.execute("CREATE SCHEMA s");
		return database;
	}

	private ServiceDefinition service() {
		return this.platform.catalog().services().iterator().next();
	}

	private MigrationEngine.Result apply(TestDatabase database) {
		List<Migration> all = new ArrayList<>(service().versioned());
		all.addAll(service().repeatable());
		MigrationEngine engine = new FlywayEngine(SessionSource.of(Postgres.dataSource(database.settings())));
		try (MigrationEngine.Worker worker = engine.open(Duration.ofMinutes(5))) {
			return worker.apply(service(), all, null, RunListener.SILENT);
		}
	}

}
