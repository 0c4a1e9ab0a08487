package dev.skein.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.Isolation;
import dev.skein.migration.RunLock;
import dev.skein.plan.Step;
import dev.skein.postgres.Postgres;
import dev.skein.postgres.PostgresDatabase;
import dev.skein.postgres.WorkerSession;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.Trespass;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * That a session which becomes one owner after the other keeps each in its schema, and
 * leaves nothing behind.
 */
abstract class SharedSessionContract extends IsolationFixture {

	/** What a worker sends between two services. */
	private static final String RESET = "CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; DEALLOCATE ALL;"
			+ " UNLISTEN *; SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES";

	private static final SchemaName INTRUDER = new SchemaName("intruder");

	private static final SchemaName NEIGHBOUR = new SchemaName("neighbour");

	private static final String WORKERS = "SELECT rolname FROM pg_roles WHERE rolname ~ ('^skein_worker_'"
			+ " || (SELECT oid FROM pg_database WHERE datname = current_database()) || '_')";

	@BeforeEach
	void migrateMoreServices() {
		for (int i = 1; i <= 5; i++) {
			this.platform.service("more-" + i, "tables: [t]")
				.migration("more-" + i, "V001__t.sql", "CREATE TABLE t (id int);");
		}
		this.platform.service("shown", "tables: [t]")
			.migration("shown", "V001__t.sql", "CREATE TABLE t (id int PRIMARY KEY);")
			.service("intruder", "requires: [required, shown]", "tables: [own]");
		assertThat(migrate().code()).isZero();
	}

	@Test
	void noServiceLeavesItsSchema() throws SQLException {
		this.database.execute("CREATE TABLE public.t (id int)");
		try (Run run = new Run(); WorkerSession session = run.share()) {
			String before = this.database.query(NEIGHBOURS).get(0);
			enter(session, NEIGHBOUR);
			List<Trespass> all = new ArrayList<>(Trespass.all());
			all.addAll(Trespass.onSharedSessions());
			List<String> expected = new ArrayList<>();
			List<String> found = new ArrayList<>();
			for (Trespass trespass : all) {
				String sql = trespass.sql()
					.replace("CALLER", this.caller.settings().user())
					.replace("WORKER", role(session));
				expected.add(trespass.refusal() + ": " + sql);
				found.add(state(session, sql) + ": " + sql);
			}
			assertThat(found).isEqualTo(expected);
			enter(session, NEIGHBOUR);
			assertThatThrownBy(() -> execute(session, "SET ROLE skein_intruder")).isInstanceOf(SQLException.class)
				.hasMessage("ERROR: permission denied to set role \"skein_intruder\"");
			assertThat(this.database.query(NEIGHBOURS).get(0).replaceAll("member skein_\\w+ skein_worker_\\w+\n", ""))
				.isEqualTo(before.replaceAll("member skein_\\w+ skein_worker_\\w+\n", ""));
		}
		assertThat(this.database.query(WORKERS)).isEmpty();
	}

	@Test
	void membershipInTheGroupOfOwnersGivesAWorkerNothing() throws SQLException {
		try (Run run = new Run(); WorkerSession session = run.share()) {
			assertThat(
					this.database.query("SELECT pg_has_role('" + role(session) + "', 'all_skein_services', 'USAGE')"))
				.containsExactly("f");
			if (major() >= 16) {
				assertThatThrownBy(() -> execute(session, "SET ROLE all_skein_services"))
					.isInstanceOf(SQLException.class)
					.hasMessage("ERROR: permission denied to set role \"all_skein_services\"");
			}
		}
	}

	@Test
	void ownersNeedNoPassword() throws SQLException {
		try (Run run = new Run(); WorkerSession session = run.share(); WorkerSession other = run.share()) {
			assertThat(run.database.logins().share()).isNull();
			enter(session, INTRUDER);
			enter(other, NEIGHBOUR);
			execute(session, "CREATE TABLE mine ()");
			execute(other, "DROP TABLE t");
			assertThat(
					this.database.query("SELECT rolname FROM pg_authid WHERE rolname ~ '^skein_(intruder|neighbour)$'"
							+ " AND (rolpassword IS NOT NULL OR rolvaliduntil > now())"))
				.isEmpty();
			try (Connection owner = run.database.logins().open(INTRUDER)) {
				assertThat(this.database.query("SELECT usename FROM pg_stat_activity WHERE usename = 'skein_intruder'"
						+ " AND datname = current_database()"))
					.containsExactly("skein_intruder");
			}
			assertThat(
					this.database.query("SELECT rolname FROM pg_authid WHERE rolname ~ '^skein_(intruder|neighbour)$'"
							+ " AND rolvaliduntil > now()"))
				.containsExactly("skein_intruder");
		}
		assertThat(this.database.query(
				"SELECT rolname FROM pg_authid WHERE rolname ~ '^skein_(intruder|neighbour)$' AND rolvaliduntil > now()"))
			.isEmpty();
	}

	@Test
	void aPasswordThatAnOwnerGaveItselfIsGoodForNothing() throws SQLException {
		String late = "late_" + suffix();
		this.platform.service("late", "schema: " + late).migration("late", "V1__x.sql", "SELECT 1;");
		this.database.execute("UPDATE pg_authid SET rolvaliduntil = NULL WHERE rolname = 'skein_intruder'");
		try (Run run = new Run(); WorkerSession session = run.share()) {
			enter(session, new SchemaName(late));
			execute(session, "ALTER ROLE CURRENT_USER PASSWORD 'known'");
			assertThat(this.database
				.query("SELECT rolvaliduntil < now() FROM pg_roles WHERE rolname = 'skein_" + late + "'"))
				.containsExactly("t");
			execute(session, RESET);
			enter(session, INTRUDER);
			execute(session, "ALTER ROLE CURRENT_USER PASSWORD 'known'");
		}
		assertThat(this.database.query("SELECT rolpassword IS NULL AND rolvaliduntil < now() FROM pg_authid"
				+ " WHERE rolname = 'skein_intruder'"))
			.containsExactly("t");
	}

	@Test
	void whatAWorkerChangesAboutItselfGainsNothing() throws SQLException {
		try (Run run = new Run(); WorkerSession session = run.share()) {
			enter(session, INTRUDER);
			execute(session, "RESET ROLE; ALTER ROLE CURRENT_USER PASSWORD 'known'");
			execute(session, "ALTER ROLE CURRENT_USER SET search_path = neighbour");
			TestDatabase again = this.database.as(role(session), "known");
			assertThatThrownBy(again::connect).isInstanceOf(SQLException.class)
				.hasMessageContaining("is not permitted to log in");
			assertThat(this.database.query("SELECT rolconnlimit FROM pg_roles WHERE rolname = '" + role(session) + "'"))
				.containsExactly("1");
			execute(session, RESET);
			enter(session, NEIGHBOUR);
			execute(session, "INSERT INTO t VALUES (2)");
		}
		assertThat(this.database.query("SELECT count(*) FROM neighbour.t")).containsExactly("2");
		assertThat(this.database.query(WORKERS)).isEmpty();
	}

	@Test
	void whatABareWorkerMakesIsGoneAfterTheRun() throws SQLException {
		try (Run run = new Run(); WorkerSession session = run.share()) {
			enter(session, INTRUDER);
			execute(session, "GRANT CREATE, USAGE ON SCHEMA intruder TO " + role(session));
			execute(session, "RESET ROLE");
			execute(session, "CREATE TEMP TABLE mine (id int); SELECT lo_create(0)");
			execute(session, "CREATE TYPE intruder.mine AS ENUM ('x')");
			execute(session, "CREATE FUNCTION intruder.mine() RETURNS void LANGUAGE plpgsql SECURITY DEFINER"
					+ " AS 'BEGIN DELETE FROM neighbour.t; END'");
			execute(session, "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC");
			execute(session, "SET ROLE skein_intruder");
			execute(session, "CREATE TABLE intruder.uses (x intruder.mine, y int)");
			execute(session, RESET);
			enter(session, NEIGHBOUR);
			execute(session, "RESET ROLE");
			assertThatThrownBy(() -> execute(session, "SELECT intruder.mine()")).isInstanceOf(SQLException.class)
				.hasMessageContaining("permission denied for schema neighbour");
		}
		assertThat(this.database.query(WORKERS)).isEmpty();
		assertThat(this.database.query("SELECT oid FROM pg_largeobject_metadata")).isEmpty();
		assertThat(this.database.query("SELECT attname FROM pg_attribute WHERE attrelid = 'intruder.uses'::regclass"
				+ " AND attnum > 0 AND NOT attisdropped"))
			.containsExactly("y");
	}

	@Test
	void aWorkerThatWasPassedOnIsAdmittedNoMore() throws SQLException {
		String user = role("accomplice", "LOGIN");
		try (Run run = new Run(); WorkerSession session = run.share()) {
			String passOn = "RESET ROLE; GRANT " + role(session) + " TO " + user;
			assertThat(state(session, passOn)).isEqualTo((major() < 15) ? "none" : "42501");
			if (major() < 15) {
				execute(session, passOn);
				assertThatThrownBy(() -> session.admit(NEIGHBOUR)).isInstanceOf(SQLException.class)
					.hasMessage("ERROR: the role of a worker has members, or rights, that Skein did not give it\n"
							+ "  Where: PL/pgSQL function inline_code_block line 5 at RAISE");
				assertThat(this.database.query("SELECT pg_has_role('" + user + "', 'skein_neighbour', 'MEMBER')"))
					.containsExactly("f");
			}
			else {
				session.admit(NEIGHBOUR);
			}
		}
		assertThat(this.database.query(WORKERS)).isEmpty();
	}

	@Test
	void theNextRunClearsWhatAKilledOneLeft() throws SQLException {
		this.database.execute("CREATE DATABASE \"" + name() + "_gone\"");
		String gone = "skein_worker_"
				+ this.database.query("SELECT oid FROM pg_database WHERE datname = '" + name() + "_gone'").get(0)
				+ "_0123456789abcdef";
		String elsewhere = "skein_worker_"
				+ this.database.query("SELECT oid FROM pg_database WHERE datname = 'postgres'").get(0)
				+ "_0123456789abcdef";
		String owner = this.database
			.query("SELECT 'skein_worker_' || oid || '_0123456789abcdef' FROM pg_database"
					+ " WHERE datname = current_database()")
			.get(0);
		for (String role : List.of(gone, elsewhere)) {
			this.caller.execute("CREATE ROLE " + role + " NOINHERIT CONNECTION LIMIT 1 ROLE CURRENT_USER");
		}
		this.caller.execute("CREATE ROLE " + owner + " LOGIN ROLE platform_caller");
		this.database.execute("DROP DATABASE \"" + name() + "_gone\"");
		try {
			Run killed = new Run();
			WorkerSession session = killed.share();
			String role = role(session);
			enter(session, INTRUDER);
			execute(session, "CREATE TABLE half ()");
			execute(session, "RESET ROLE; CREATE TEMP TABLE mine (id int); SELECT lo_create(0)");
			this.database.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
					+ " WHERE usename = 'platform_caller' AND datname = current_database()");
			killed.close();
			assertThat(this.database.query(WORKERS)).contains(role, owner);
			try (Run next = new Run(); WorkerSession fresh = next.share()) {
				assertThat(this.database.query(WORKERS)).containsExactlyInAnyOrder(role(fresh), owner);
				assertThatThrownBy(() -> execute(session, "SELECT 1")).isInstanceOf(SQLException.class);
			}
			assertThat(this.database.query(WORKERS)).containsExactly(owner);
			assertThat(this.database
				.query("SELECT rolname FROM pg_roles WHERE rolname IN ('" + gone + "', '" + elsewhere + "')"))
				.containsExactly(elsewhere);
			assertThat(this.database.query("SELECT oid FROM pg_largeobject_metadata")).isEmpty();
		}
		finally {
			this.database.execute("DROP ROLE " + elsewhere + "; DROP ROLE " + owner);
		}
	}

	@Test
	void aDatabaseThatIsClosedToThePublicLetsWorkersIn() throws SQLException {
		this.database.execute("REVOKE CONNECT ON DATABASE \"" + name() + "\" FROM PUBLIC");
		this.database.execute("GRANT CONNECT ON DATABASE \"" + name() + "\" TO platform_caller WITH GRANT OPTION");
		try (Run run = new Run(); WorkerSession session = run.share()) {
			enter(session, INTRUDER);
			execute(session, "INSERT INTO own SELECT id FROM required.t");
		}
		assertThat(this.database.query(WORKERS)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "set", "inherit", "set, inherit" })
	void whateverTheDeployingUserIsGivenOnRolesThatItMakes(String grant) throws SQLException {
		assumeTrue(major() >= 16, "createrole_self_grant came with PostgreSQL 16");
		this.database.execute("ALTER ROLE platform_caller IN DATABASE \"" + name() + "\" SET createrole_self_grant = '"
				+ grant + "'");
		try (Run run = new Run(); WorkerSession session = run.share()) {
			enter(session, INTRUDER);
			execute(session, "CREATE TABLE mine ()");
			execute(session, RESET);
			enter(session, NEIGHBOUR);
			execute(session, "DROP TABLE t");
		}
		assertThat(this.database.query(WORKERS)).isEmpty();
	}

	@Test
	void aSuperuserSharesSessionsToo() throws SQLException {
		this.database.execute("REASSIGN OWNED BY " + this.caller.settings().user() + " TO CURRENT_USER");
		try (Run run = new Run(this.database); WorkerSession session = run.share()) {
			enter(session, INTRUDER);
			assertThat(state(session, "RESET ROLE; SELECT * FROM intruder.own")).isEqualTo("42501");
			execute(session, "RESET ROLE; SELECT lo_create(0)");
		}
		assertThat(this.database.query(WORKERS)).isEmpty();
	}

	@Test
	void knowsWhichSessionHoldsTheLock() throws SQLException {
		PostgresDatabase database;
		try (Run run = new Run()) {
			database = run.database;
			assertThat(this.database.query("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 110"
					+ " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"))
				.containsExactly(String.valueOf(database.logins().lockHolder()));
		}
		assertThat(database.logins().lockHolder()).isZero();
	}

	/**
	 * Begins the turn of a service.
	 */
	private static void enter(WorkerSession session, SchemaName schema) throws SQLException {
		session.admit(schema);
		execute(session, "SET ROLE \"skein_" + schema + "\"; SET search_path = " + schema.quoted() + ", extensions");
	}

	/**
	 * The SQLSTATE with which the server refuses, or the one of its warning.
	 */
	private static String state(WorkerSession session, String sql) throws SQLException {
		enter(session, INTRUDER);
		try (Statement statement = session.connection().createStatement()) {
			// PostgreSQL refuses that in a transaction before it looks at rights.
			if (!sql.startsWith("ALTER SYSTEM")) {
				statement.execute("BEGIN");
			}
			statement.execute(sql);
			SQLWarning warning = statement.getWarnings();
			return (warning == null) ? "none" : warning.getSQLState();
		}
		catch (SQLException ex) {
			return ex.getSQLState();
		}
		finally {
			execute(session, "ROLLBACK");
			execute(session, RESET);
		}
	}

	private static void execute(WorkerSession session, String sql) throws SQLException {
		try (Statement statement = session.connection().createStatement()) {
			statement.execute(sql);
		}
	}

	private String role(WorkerSession session) throws SQLException {
		return session.connection().getMetaData().getUserName();
	}

	private int major() {
		return Integer.parseInt(this.database.query("SHOW server_version_num").get(0)) / 10000;
	}

	/**
	 * A run that holds the lock.
	 */
	private final class Run implements AutoCloseable {

		private final PostgresDatabase database;

		private final RunLock lock;

		private Run() {
			this(SharedSessionContract.this.caller);
		}

		private Run(TestDatabase user) {
			this.database = Postgres.connect(user.settings(), Duration.ZERO, false, (line) -> {
			});
			this.lock = this.database.lock(Duration.ofSeconds(10), (holder) -> {
			});
			List<ServiceDefinition> services = SharedSessionContract.this.platform.plan()
				.steps()
				.stream()
				.map(Step::service)
				.toList();
			this.database.prepare(services, Isolation.ROLES);
		}

		private WorkerSession share() {
			return Objects.requireNonNull(this.database.logins().share());
		}

		@Override
		public void close() {
			this.lock.close();
			this.database.close();
		}

	}

}
