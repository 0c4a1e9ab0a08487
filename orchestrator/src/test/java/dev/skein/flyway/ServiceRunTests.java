package dev.skein.flyway;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import java.util.List;
import java.util.UUID;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.RunCommand;
import dev.skein.migration.RunKey;
import dev.skein.migration.RunListener;
import dev.skein.migration.RunOrigin;
import dev.skein.migration.Secret;
import dev.skein.postgres.Postgres;
import dev.skein.testing.CommandRun;
import dev.skein.testing.CountingRelay;
import dev.skein.testing.PlainFlyway;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files of one service, their rows in its history, and the commits between them.
 */
class ServiceRunTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void createAServiceOfFiveFiles() {
		this.platform = new PlatformFolder(this.folder).service("s", "tables: [a, b, c]")
			.migration("s", "V1__a.sql", "CREATE TABLE a (id bigint PRIMARY KEY);")
			.migration("s", "V2__b.sql", "CREATE TABLE b (id bigint PRIMARY KEY, a bigint REFERENCES a);")
			.migration("s", "V3__index.sql", "CREATE INDEX ON b (a);")
			.migration("s", "V4__column.sql", "ALTER TABLE a ADD at timestamptz;")
			.migration("s", "V5__c.sql", "CREATE TABLE c ();");
		this.database.execute("CREATE SCHEMA s");
		assertThat(apply().error()).isNull();
	}

	@Test
	void takesThreeMessagesForAFile() throws IOException {
		try (CountingRelay relay = new CountingRelay(this.database)) {
			Source source = new Source(relay, false);
			int before = messages(source, relay);
			for (int i = 6; i < 16; i++) {
				this.platform.migration("s", "V" + i + "__t.sql",
						"CREATE TABLE t" + i + " (); CREATE INDEX ON c ((1));");
			}
			assertThat(messages(source, relay) - before).isEqualTo(30);
		}
	}

	private int messages(Source source, CountingRelay relay) {
		int before = relay.queries();
		assertThat(apply(source, null).error()).isNull();
		return relay.queries() - before;
	}

	@Test
	void rollsAFileBackWhoseRowIsRefused() {
		this.platform
			.migration("s", "V6__hidden.sql",
					"""
							CREATE TABLE hidden ();
							DO $$ BEGIN EXECUTE 'INSERT INTO flyway_schema' || '_history SELECT installed_rank + 1, ''5.5'', description,
							    type, script, checksum, installed_by, installed_on, execution_time, success
							    FROM flyway_schema' || '_history ORDER BY installed_rank DESC LIMIT 1'; END $$;
							""")
			.migration("s", "V7__d.sql", "CREATE TABLE d ();");
		MigrationEngine.Result result = apply();
		assertThat(result.applied()).isEmpty();
		assertThat(result.error()).isNotNull();
		assertThat(result.error().migration()).isEqualTo("V6__hidden.sql");
		assertThat(result.error().message()).startsWith("duplicate key value violates unique constraint");
		assertThat(this.database.tables()).containsExactly("s.a", "s.b", "s.c");
		assertThat(this.database.query("SELECT max(version) FROM s.flyway_schema_history")).containsExactly("5");
	}

	@Test
	void setsTheRoleBackThatAFileLeftBehind() {
		this.platform.migration("s", "V6__role.sql", "SET ROLE pg_monitor;")
			.migration("s", "V7__d.sql", "CREATE TABLE d ();");
		assertThat(apply().error()).isNull();
		assertThat(this.database.query("SELECT DISTINCT installed_by FROM s.flyway_schema_history"))
			.containsExactly(this.database.query("SELECT current_user").get(0));
	}

	@Test
	void seesAHistoryThatAFileDropped() {
		this.platform.migration("s", "V6__history.sql", "DROP TABLE s.flyway_schema_history;");
		MigrationEngine.Result result = apply();
		assertThat(result.error()).isNotNull();
		assertThat(result.error().message()).startsWith("relation \"s.flyway_schema_history\" does not exist");
		assertThat(this.database.query("SELECT max(version) FROM s.flyway_schema_history")).containsExactly("5");
	}

	@Test
	void numbersItsRowsAfterThoseThatAFileWroteItself() {
		this.platform.migration("s", "V6__history.sql",
				"INSERT INTO flyway_schema_history SELECT installed_rank + 1, '5.5', description, type, 'V5_5__x.sql',"
						+ " checksum, installed_by, installed_on, execution_time, success"
						+ " FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1;")
			.migration("s", "V7__d.sql", "CREATE TABLE d ();");
		assertThat(apply().error()).isNull();
		assertThat(this.database.query("SELECT installed_rank || ' ' || version FROM s.flyway_schema_history"
				+ " WHERE installed_rank > 4 ORDER BY installed_rank"))
			.containsExactly("5 5", "6 5.5", "7 6", "8 7");
	}

	@Test
	void givesTheLockOfAFileOutsideATransactionBack() {
		this.platform.migration("s", "V6__vacuum.sql", "VACUUM a;");
		try (MigrationEngine.Worker worker = new FlywayEngine(new Source(null, false)).open(Duration.ZERO)) {
			assertThat(worker.apply(service(), service().versioned(), null, RunListener.SILENT).error()).isNull();
			assertThat(this.database.query("SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND database ="
					+ " (SELECT oid FROM pg_database WHERE datname = current_database())"))
				.isEmpty();
		}
	}

	@Test
	void appliesNothingWhereANewHistoryHasRowsAlready() {
		TestDatabase other = TestServer.freshDatabase();
		other.execute("CREATE SCHEMA s; CREATE TABLE s.other ()");
		PlainFlyway.on(other, this.platform, "s").baseline();
		MigrationEngine engine = new FlywayEngine(new Source(null, true) {

			@Override
			public Connection login(SchemaName schema) throws SQLException {
				return other.connect();
			}

		});
		MigrationEngine.Result result;
		try (MigrationEngine.Worker worker = engine.open(Duration.ZERO)) {
			result = worker.apply(service(), service().versioned(), null, RunListener.SILENT);
		}
		assertThat(result.applied()).isEmpty();
		assertThat(result.error()).isNotNull();
		assertThat(result.error().message())
			.isEqualTo("duplicate key value violates unique constraint \"flyway_schema_history_pk\"\n"
					+ "DETAIL: Key (installed_rank)=(1) already exists.");
		assertThat(other.tables()).containsExactly("s.other");
	}

	@Test
	void findsOutThroughAnotherSessionThatAFileIsCommitted() throws IOException {
		RunKey run = begin();
		this.platform.migration("s", "V7__d.sql", "CREATE TABLE d ();");
		try (CountingRelay relay = new CountingRelay(this.database)) {
			relay.loseAnswerTo("COMMIT; CLOSE ALL");
			MigrationEngine.Result result = apply(new Source(relay, false), run);
			assertThat(result.error()).isNull();
			assertThat(result.applied()).extracting((file) -> file.migration().label()).containsExactly("7");
		}
		assertThat(this.database.query("SELECT success FROM skein.schema_migrations WHERE filename = 'V7__d.sql'"))
			.containsExactly("t");
	}

	@Test
	void saysThatTheConnectionWasLostWhereAFileIsNotCommitted() throws IOException {
		RunKey run = begin();
		this.platform.migration("s", "V7__d.sql", "CREATE TABLE d ();");
		try (CountingRelay relay = new CountingRelay(this.database)) {
			relay.loseAnswerTo("record_success");
			MigrationEngine.Result result = apply(new Source(relay, false), run);
			assertThat(result.error()).isNotNull();
			assertThat(result.error().sqlState()).isEqualTo("08006");
			assertThat(result.applied()).isEmpty();
		}
		assertThat(this.database.query("SELECT to_regclass('s.d') IS NULL")).containsExactly("t");
	}

	private RunKey begin() {
		this.platform.migration("s", "V6__ledger.sql", "SELECT 1;");
		CommandRun migrated = CommandRun.on(this.database, this.platform, "migrate", "--isolation", "none");
		assertThat(migrated.code()).as(migrated.err()).isZero();
		RunKey run = new RunKey(UUID.randomUUID(), new Secret("key"));
		try (PlatformDatabase opened = Postgres.connect(this.database.settings(), Duration.ZERO, false, (line) -> {
		})) {
			opened.ledger().begin(run, RunCommand.MIGRATE, RunOrigin.here(), List.of(service()));
		}
		return run;
	}

	private ServiceDefinition service() {
		return this.platform.catalog().services().iterator().next();
	}

	private MigrationEngine.Result apply() {
		return apply(new Source(null, false), null);
	}

	private MigrationEngine.Result apply(Source source, @Nullable RunKey run) {
		List<Migration> files = service().versioned();
		try (MigrationEngine.Worker worker = new FlywayEngine(source).open(Duration.ZERO)) {
			return worker.apply(service(), files, run, RunListener.SILENT);
		}
	}

	/**
	 * Sessions of one user, those of workers through a relay if there is one.
	 */
	private class Source implements SessionSource {

		private final @Nullable CountingRelay relay;

		private final boolean untouched;

		Source(@Nullable CountingRelay relay, boolean untouched) {
			this.relay = relay;
			this.untouched = untouched;
		}

		@Override
		public String role(SchemaName schema) {
			return "";
		}

		@Override
		public boolean untouched(SchemaName schema) {
			return this.untouched;
		}

		@Override
		public Connection login(SchemaName schema) throws SQLException {
			return ((this.relay == null) ? ServiceRunTests.this.database : this.relay.database()).connect();
		}

		@Override
		public Connection own() throws SQLException {
			return ServiceRunTests.this.database.connect();
		}

	}

}
