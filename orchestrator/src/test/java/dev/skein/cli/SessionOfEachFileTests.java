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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each file begins as in a session of its own, whichever files ran before in the same
 * one: of its service, and of others.
 */
class SessionOfEachFileTests {

	private static final int SERVICES = 9;

	/** What a session can keep. */
	private static final String LEAVE = """
			CREATE TEMP TABLE left_table (i int);
			PREPARE left_statement AS SELECT 1;
			DECLARE left_cursor CURSOR WITH HOLD FOR SELECT 1;
			LISTEN left_channel;
			SELECT pg_advisory_lock(4711);
			SELECT set_config('app.left', 'yes', false);
			SET statement_timeout = '7s';
			SET timezone = 'Asia/Tokyo';
			SET default_transaction_read_only = on;
			CREATE SEQUENCE IF NOT EXISTS numbers;
			SELECT nextval('numbers');
			""";

	private static final String LOOK = """
			CREATE TABLE %s AS SELECT current_user::text AS worker, current_setting('search_path') AS path,
			    (SELECT count(*) FROM pg_class WHERE relname = 'left_table') AS temp_tables,
			    (SELECT count(*) FROM pg_prepared_statements) AS statements,
			    (SELECT count(*) FROM pg_cursors WHERE is_holdable) AS cursors,
			    (SELECT count(*) FROM pg_listening_channels()) AS channels,
			    (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks,
			    coalesce(current_setting('app.left', true), '') AS setting,
			    current_setting('statement_timeout') AS statement_timeout, current_setting('timezone') AS zone,
			    current_setting('row_security') AS row_security,
			    current_setting('idle_session_timeout') AS idle, (SELECT usename::text FROM pg_stat_activity
			        WHERE pid = pg_backend_pid()) AS login, current_setting('application_name') AS application;
			""";

	private static final String SEEN = "SELECT concat_ws(' ', temp_tables, statements, cursors, channels, locks,"
			+ " setting = '', statement_timeout, zone = current_setting('timezone'), row_security, idle) FROM %s";

	private static final String NOTHING = "0 0 0 0 0 t 0 t off 0";

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void createServicesThatLeaveWhatTheyCan() {
		this.platform = new PlatformFolder(this.folder);
		for (int i = 1; i <= SERVICES; i++) {
			String name = "kept" + i;
			this.platform.service(name, "tables: [first, second]")
				.migration(name, "V1__look.sql", LOOK.formatted("first") + LEAVE)
				.migration(name, "V2__look.sql", LOOK.formatted("second") + LEAVE);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "roles", "none" })
	void meetsNothingOfAnotherFile(String isolation) {
		CommandRun run = CommandRun.on(this.database, this.platform, "migrate", "--jobs", "1", "--isolation",
				isolation);
		assertThat(run.code()).as(run.out()).isZero();
		for (int i = 1; i <= SERVICES; i++) {
			for (String table : List.of("first", "second")) {
				assertThat(this.database.query(SEEN.formatted("kept" + i + "." + table))).as("kept%d %s", i, table)
					.containsExactly(NOTHING);
				assertThat(this.database.query("SELECT path || ' ' || application FROM kept" + i + "." + table))
					.containsExactly("kept" + i + ", extensions skein kept" + i);
			}
		}
	}

	@Test
	void worksAsTheOwnerOfItsSchemaInASessionThatServesMany() {
		assertThat(CommandRun.on(this.database, this.platform, "migrate", "--jobs", "1").code()).isZero();
		for (int i = 1; i <= SERVICES; i++) {
			assertThat(this.database.query("SELECT DISTINCT worker FROM kept" + i + ".second"))
				.containsExactly("skein_kept" + i);
		}
		assertThat(
				this.database.query("SELECT count(DISTINCT login) FROM (SELECT login FROM kept1.first UNION ALL SELECT"
						+ " login FROM kept9.second) l WHERE login ~ '^skein_worker_[0-9]+_[0-9a-f]{16}$'"))
			.containsExactly("1");
		assertThat(this.database.query("SELECT rolname FROM pg_roles WHERE starts_with(rolname, 'skein_worker_'"
				+ " || (SELECT oid FROM pg_database WHERE datname = current_database()) || '_')"))
			.isEmpty();
	}

	@Test
	void cannotReachAnotherServiceFromASessionThatServesMany() {
		for (int i = 1; i <= SERVICES; i++) {
			// Without the words for which a service gets a session of its own.
			this.platform.migration("kept" + i, "V3__reach.sql",
					"DO $$ BEGIN EXECUTE 'RE' || 'SET RO' || 'LE'; EXECUTE 'CREATE TABLE kept1.mine ()'; END $$;");
		}
		CommandRun run = CommandRun.on(this.database, this.platform, "migrate", "--jobs", "1");
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.out()).contains("permission denied for schema kept1").contains("9 services failed");
		assertThat(this.database.query("SELECT to_regclass('kept1.mine') IS NULL")).containsExactly("t");
	}

}
