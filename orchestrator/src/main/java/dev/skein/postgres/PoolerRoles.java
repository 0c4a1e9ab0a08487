package dev.skein.postgres;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

import dev.skein.migration.CannotStartException;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Secret;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Tries, behind a connection pooler, whether a role can log in that was made a moment
 * ago: the roles of services are made by the run. Many poolers have a list of the users
 * that they let in, or one user as whom all sessions work.
 */
final class PoolerRoles {

	/** Named as that of a worker, so that the next run drops one that was left. */
	private static final String CREATE = """
			DO $$
			BEGIN
			    EXECUTE format('CREATE ROLE %%I LOGIN NOINHERIT CONNECTION LIMIT 1 PASSWORD %%L VALID UNTIL %%L', '%s', '%s',
			        clock_timestamp() + interval '1 min');
			    EXECUTE format('GRANT CONNECT ON DATABASE %%I TO %%I', current_database(), '%s');
			END $$""";

	private static final String DROP = "DO $$ BEGIN EXECUTE format('REVOKE ALL ON DATABASE %%I FROM %%I',"
			+ " current_database(), '%1$s'); DROP ROLE %1$s; END $$";

	private final Connection connection;

	private final ConnectionSettings settings;

	PoolerRoles(Connection connection, ConnectionSettings settings) {
		this.connection = connection;
		this.settings = settings;
	}

	/**
	 * Does nothing where there is no pooler, or where this user creates no roles.
	 * @throws CannotStartException if the pooler does not let a new role in as itself
	 */
	void requireRoles() throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			if (isDirect(statement)) {
				return;
			}
			Secret password = Secret.random();
			String role = name(statement);
			try {
				statement.execute(CREATE.formatted(role, RunPassword.verifier(password), role));
			}
			catch (SQLException ex) {
				if (ConnectionFailure.INSUFFICIENT_PRIVILEGE.equals(ex.getSQLState())) {
					return;
				}
				throw ex;
			}
			try {
				tryLogin(role, password);
			}
			finally {
				statement.execute(DROP.formatted(role));
			}
		}
	}

	/**
	 * PgBouncer tells its clients another process than that which answers. Other poolers
	 * listen on another port than the server, at least. A mapped port looks the same, and
	 * is tried for nothing.
	 */
	private boolean isDirect(Statement statement) throws SQLException {
		try (ResultSet row = statement.executeQuery("SELECT pg_backend_pid(), inet_server_port()")) {
			row.next();
			return this.connection.unwrap(PGConnection.class).getBackendPID() == row.getInt(1)
					&& this.settings.port() == row.getInt(2);
		}
	}

	private static String name(Statement statement) throws SQLException {
		byte[] random = new byte[WorkerRoles.RANDOM];
		new SecureRandom().nextBytes(random);
		try (ResultSet row = statement
			.executeQuery("SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()")) {
			row.next();
			return WorkerRoles.PREFIX + row.getString(1) + "_" + HexFormat.of().formatHex(random);
		}
	}

	private void tryLogin(String role, Secret password) {
		try (Connection login = Connector.dataSource(this.settings.withUser(role, password)).getConnection();
				Statement statement = login.createStatement();
				ResultSet row = statement.executeQuery("SELECT session_user")) {
			row.next();
			if (!role.equals(row.getString(1))) {
				throw refused(" lets every role in as \"" + row.getString(1) + "\"", null);
			}
		}
		catch (SQLException ex) {
			throw refused(" does not let in a role that was just created: " + ConnectionFailure.reason(ex), ex);
		}
	}

	private CannotStartException refused(String what, @Nullable SQLException cause) {
		return new CannotStartException("the connection pooler of database " + this.settings + what,
				"connect to PostgreSQL directly; or let the pooler look roles up in the server (PgBouncer: auth_query,"
						+ " and no user in the line of the database); or run everything as one user: --isolation none",
				cause);
	}

}
