package dev.skein.flyway;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.RunListener;
import dev.skein.postgres.Postgres;
import dev.skein.testing.PlainFlyway;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Flyway is spared, and what it is not.
 */
class LentConnectionTests implements RunListener {

	private final TestDatabase database = TestServer.freshDatabase();

	private final List<String> sent = new ArrayList<>();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawAServiceOfFiveFiles() {
		this.platform = new PlatformFolder(this.folder).service("s")
			.migration("s", "V1__a.sql", "CREATE TABLE a (id bigint PRIMARY KEY);")
			.migration("s", "V2__b.sql", "CREATE TABLE b (id bigint PRIMARY KEY, a bigint REFERENCES a);")
			.migration("s", "V3__index.sql", "CREATE INDEX ON b (a);")
			.migration("s", "V4__column.sql", "ALTER TABLE a ADD at timestamptz;")
			.migration("s", "V5__c.sql", "CREATE TABLE c ();");
		this.database.execute("CREATE SCHEMA s");
	}

	/**
	 * Flyway by itself sends 153.
	 */
	@Test
	void sendsFiveStatementsForAFileAndSixteenForItsService() {
		assertThat(apply("s").error()).isNull();
		assertThat(this.sent).as("what was sent").hasSizeLessThan(45);
	}

	@Test
	void sendsTheRowOfAFileWithItsCommitAndTheBeginningOfTheNext() {
		assertThat(apply("s").error()).isNull();
		List<String> rows = this.sent.stream().filter((sent) -> sent.contains("INSERT INTO")).toList();
		assertThat(rows).hasSize(5);
		assertThat(rows.subList(0, 4)).allMatch((row) -> row.contains("); COMMIT; BEGIN; SET lock_timeout"));
		assertThat(this.database.query("SELECT version FROM s.flyway_schema_history ORDER BY installed_rank"))
			.containsExactly("1", "2", "3", "4", "5");
	}

	@Test
	void rollsAFileBackWhoseRowIsRefusedThoughTheNextHasToBegin() {
		this.platform
			.migration("s", "V6__hidden.sql",
					"""
							CREATE TABLE hidden ();
							DO $$ BEGIN EXECUTE 'INSERT INTO flyway_schema' || '_history SELECT installed_rank + 1, ''5.5'', description,
							    type, script, checksum, installed_by, installed_on, execution_time, success
							    FROM flyway_schema' || '_history ORDER BY installed_rank DESC LIMIT 1'; END $$;
							""")
			.migration("s", "V7__d.sql", "CREATE TABLE d ();");
		MigrationEngine.Result result = apply("s");
		assertThat(result.applied()).extracting((file) -> file.migration().label())
			.containsExactly("1", "2", "3", "4", "5");
		assertThat(result.error()).isNotNull();
		assertThat(result.error().migration()).isEqualTo("V6__hidden.sql");
		assertThat(result.error().message()).startsWith("duplicate key value violates unique constraint");
		assertThat(this.database.tables()).containsExactly("s.a", "s.b", "s.c");
		assertThat(this.database.query("SELECT max(version) FROM s.flyway_schema_history")).containsExactly("5");
	}

	@Test
	void asksNothingTwiceWhereNothingIsPending() {
		apply("s");
		this.sent.clear();
		apply("s");
		assertThat(this.sent).as("what was sent").hasSizeLessThan(8);
	}

	@Test
	void setsTheRoleBackThatAFileLeftBehind() {
		this.platform.migration("s", "V6__role.sql", "SET ROLE pg_monitor;")
			.migration("s", "V7__d.sql", "CREATE TABLE d ();");
		assertThat(apply("s").error()).isNull();
		assertThat(this.database.query("SELECT DISTINCT installed_by FROM s.flyway_schema_history"))
			.containsExactly(this.database.query("SELECT current_user").get(0));
	}

	@Test
	void seesAHistoryThatAFileDropped() {
		this.platform.migration("s", "V6__history.sql", "DROP TABLE s.flyway_schema_history;");
		MigrationEngine.Result result = apply("s");
		assertThat(result.error()).isNotNull();
		assertThat(result.error().message()).startsWith("relation \"s.flyway_schema_history\" does not exist");
		assertThat(this.database.query("SELECT max(version) FROM s.flyway_schema_history")).containsExactly("5");
	}

	@Test
	void seesRowsThatAFileWroteIntoItsHistory() {
		this.platform.migration("s", "V6__history.sql",
				"INSERT INTO flyway_schema_history SELECT installed_rank + 1, '5.5', description, type, 'V5_5__x.sql',"
						+ " checksum, installed_by, installed_on, execution_time, success"
						+ " FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1;")
			.migration("s", "V7__d.sql", "CREATE TABLE d ();");
		assertThat(apply("s").error()).isNull();
		assertThat(this.database.query("SELECT installed_rank || ' ' || version FROM s.flyway_schema_history"
				+ " WHERE installed_rank > 4 ORDER BY installed_rank"))
			.containsExactly("5 5", "6 5.5", "7 6", "8 7");
	}

	@Test
	void givesTheLockOfEachServiceBack() {
		this.platform.service("t").migration("t", "V1__a.sql", "CREATE TABLE a ();");
		this.database.execute("CREATE SCHEMA t");
		List<String> held = new ArrayList<>();
		try (MigrationEngine.Worker worker = worker()) {
			worker.apply(service("s"), service("s").versioned(), null, this);
			held.addAll(locks());
			worker.apply(service("t"), service("t").versioned(), null, this);
			held.addAll(locks());
		}
		assertThat(held).as("one at a time, each its own").hasSize(2).doesNotHaveDuplicates();
		assertThat(locks()).isEmpty();
	}

	private List<String> locks() {
		return this.database
			.query("""
					SELECT classid || ' ' || objid FROM pg_locks
					WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())""");
	}

	private MigrationEngine.Result apply(String service) {
		try (MigrationEngine.Worker worker = worker()) {
			return worker.apply(service(service), service(service).versioned(), null, this);
		}
	}

	private MigrationEngine.Worker worker() {
		return worker(false);
	}

	private MigrationEngine.Worker worker(boolean untouched) {
		return new FlywayEngine(new Counted(untouched)).open(Duration.ZERO);
	}

	private ServiceDefinition service(String name) {
		return this.platform.catalog()
			.services()
			.stream()
			.filter((service) -> service.name().value().equals(name))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Where somebody was faster than the run that made the history, the number of the
	 * first row is taken.
	 */
	@Test
	void appliesNothingWhereANewHistoryHasRowsAlready() {
		this.database.execute("CREATE TABLE s.other ()");
		PlainFlyway.on(this.database, this.platform, "s").baseline();
		MigrationEngine.Result result;
		try (MigrationEngine.Worker worker = worker(true)) {
			result = worker.apply(service("s"), service("s").versioned(), null, this);
		}
		assertThat(result.applied()).isEmpty();
		assertThat(result.error()).isNotNull();
		assertThat(result.error().message())
			.isEqualTo("duplicate key value violates unique constraint \"flyway_schema_history_pk\"\n"
					+ "DETAIL: Key (installed_rank)=(1) already exists.");
		assertThat(this.database.tables()).containsExactly("s.other");
	}

	/**
	 * A session that takes down what is sent.
	 */
	private Connection counted() throws SQLException {
		Connection session = Postgres.dataSource(this.database.settings()).getConnection();
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> {
					if (method.getName().endsWith("Statement") || method.getName().equals("commit")) {
						this.sent.add(method.getName() + ((arguments != null) ? " " + arguments[0] : ""));
					}
					try {
						return method.invoke(session, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	/**
	 * Sessions that count what is sent.
	 */
	private final class Counted implements SessionSource {

		private final boolean untouched;

		Counted(boolean untouched) {
			this.untouched = untouched;
		}

		@Override
		public String role(dev.skein.catalog.SchemaName schema) {
			return "";
		}

		@Override
		public boolean untouched(dev.skein.catalog.SchemaName schema) {
			return this.untouched;
		}

		@Override
		public Connection login(dev.skein.catalog.SchemaName schema) throws SQLException {
			return counted();
		}

		@Override
		public Connection own() throws SQLException {
			return LentConnectionTests.this.database.connect();
		}

	}

}
