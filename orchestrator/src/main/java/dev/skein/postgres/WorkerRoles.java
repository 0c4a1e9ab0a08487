package dev.skein.postgres;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.RoleNames;
import org.jspecify.annotations.Nullable;

/**
 * Makes, admits and drops the roles of workers. Such a role has no rights of its own, and
 * inherits none: it is a member of the group of owners, so that {@code pg_hba.conf} lets
 * it in as it does them, and of one owner at a time.
 *
 * @param connection a session of the deploying user, without a transaction
 * @see <a href= "https://www.postgresql.org/docs/current/sql-grant.html">PostgreSQL:
 * GRANT</a>
 */
record WorkerRoles(Connection connection) {

	static final String PREFIX = "skein_worker_";

	/** In bytes. */
	static final int RANDOM = 8;

	/** Grants have options of their own since. */
	private static final int OPTIONS = 16;

	/**
	 * A server that crashes ends the sessions, too, so nothing has to wait for a disk.
	 */
	private static final String UNSYNCED = "SET LOCAL synchronous_commit = off;\n";

	/** The group of owners may be held by a transaction that makes owners. */
	private static final String BRIEFLY = "SET LOCAL lock_timeout = '1s';\n";

	private static final String SURROUNDINGS = """
			SELECT oid, (clock_timestamp() + interval '%d s')::text, has_database_privilege('public', oid, 'CONNECT')
			FROM pg_database WHERE datname = current_database()""";

	/**
	 * PostgreSQL 14 lets a role that logged in pass itself on: its members could become
	 * the next owner, too.
	 */
	private static final String ALONE = """
			BEGIN IF EXISTS (SELECT FROM pg_auth_members
			    WHERE member = '%1$s'::regrole AND roleid NOT IN ('%2$s'::regrole, '%3$s'::regrole)
			    OR roleid = '%1$s'::regrole AND current_setting('server_version_num')::int < 150000
			        AND member <> (SELECT oid FROM pg_roles WHERE rolname = current_user))
			THEN RAISE EXCEPTION 'the role of a worker has members, or rights, that Skein did not give it'
			    USING ERRCODE = 'insufficient_privilege';
			END IF; END""";

	/**
	 * The roles of this database, and of databases that are gone. A schema may have an
	 * owner with such a name, but that inherits.
	 */
	private static final String LEFT = """
			SELECT rolname FROM pg_roles,
			    LATERAL (SELECT substring(rolname FROM '^%s([0-9]+)_[0-9a-f]{%d}$') AS home) name
			WHERE NOT rolinherit AND rolconnlimit = 1 AND home IS NOT NULL AND pg_has_role(oid, 'USAGE')
			AND (home = (SELECT d.oid::text FROM pg_database d WHERE d.datname = current_database())
			    OR home NOT IN (SELECT d.oid::text FROM pg_database d))""".formatted(PREFIX, 2 * RANDOM);

	private static final String SESSIONS = """
			SELECT pg_terminate_backend(pid, %d) FROM pg_stat_activity
			WHERE datname = current_database() AND usename IN ('%s')""";

	private static final System.Logger LOG = System.getLogger("skein");

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	/**
	 * Makes a role that may log in once.
	 * @param verifier of its password
	 * @param validity how long it may take to log in
	 * @return its name, which no other role of the server has
	 */
	String create(String verifier, Duration validity) throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery(SURROUNDINGS.formatted(validity.toSeconds()))) {
			row.next();
			byte[] random = new byte[RANDOM];
			new SecureRandom().nextBytes(random);
			String role = PREFIX + row.getString(1) + "_" + HexFormat.of().formatHex(random);
			String script = UNSYNCED + BRIEFLY + "CREATE ROLE " + role
					+ " LOGIN NOINHERIT CONNECTION LIMIT 1 PASSWORD '" + verifier + "' VALID UNTIL '" + row.getString(2)
					+ "';\n" + grant(RoleNames.ALL_OWNERS, role, "INHERIT FALSE, SET FALSE")
					+ grant(role, "CURRENT_USER", "INHERIT TRUE, SET TRUE")
					+ (row.getBoolean(3) ? "" : "GRANT CONNECT ON DATABASE "
							+ Identifier.quote(this.connection.getCatalog()) + " TO " + role + ";\n");
			change(script);
			return role;
		}
	}

	/**
	 * Lets a role log in no more, whatever password it gives itself. Its session goes on.
	 */
	void closeLogin(String role) throws SQLException {
		change(UNSYNCED + "ALTER ROLE " + role + " NOLOGIN PASSWORD NULL");
	}

	/**
	 * Makes a role a member of an owner, and of no other.
	 * @param before whose turn it was; {@code null} at first
	 */
	void admit(String role, @Nullable SchemaName before, SchemaName next) throws SQLException {
		String owner = Identifier.quote(RoleNames.owner(next));
		String check = ALONE.formatted(role, owner.replace("'", "''"), RoleNames.ALL_OWNERS);
		change(UNSYNCED
				+ ((before == null) ? ""
						: "REVOKE " + Identifier.quote(RoleNames.owner(before)) + " FROM " + role + ";\n")
				+ grant(owner, role, "INHERIT FALSE, SET TRUE") + "DO '" + check.replace("'", "''") + "'");
	}

	/**
	 * Drops all that are left in this database. Only the holder of its run lock uses any.
	 * What cannot be dropped is left to the next run: nobody can log in as it.
	 */
	void dropIfPossible() {
		try {
			List<String> left = names(LEFT);
			if (!left.isEmpty()) {
				names(SESSIONS.formatted(PATIENCE.toMillis(), String.join("', '", left)));
			}
			left.forEach(this::dropIfPossible);
		}
		catch (SQLException ex) {
			LOG.log(System.Logger.Level.DEBUG, "roles of workers are left", ex);
		}
	}

	/**
	 * What a bare worker made goes, too, with what depends on that: only a service that
	 * let it create something in its schema has any.
	 */
	private void dropIfPossible(String role) {
		try {
			change(UNSYNCED + "DROP OWNED BY " + role + " CASCADE;\nDROP ROLE " + role);
		}
		catch (SQLException ex) {
			LOG.log(System.Logger.Level.DEBUG, "role " + role + " is left", ex);
		}
	}

	private String grant(String role, String to, String options) throws SQLException {
		return "GRANT " + role + " TO " + to
				+ ((this.connection.getMetaData().getDatabaseMajorVersion() < OPTIONS) ? "" : " WITH " + options)
				+ ";\n";
	}

	private void change(String script) throws SQLException {
		new SharedCatalog(this.connection).change(() -> script);
	}

	private List<String> names(String query) throws SQLException {
		List<String> names = new ArrayList<>();
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
			while (row.next()) {
				names.add(row.getString(1));
			}
		}
		return names;
	}

}
