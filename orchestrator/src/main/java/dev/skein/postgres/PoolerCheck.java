package dev.skein.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import dev.skein.migration.CannotStartException;
import dev.skein.migration.ConnectionSettings;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Makes sure that a connection is one session of the server, before a lock is taken that
 * belongs to the session. Behind a pooler in transaction mode, each statement may meet
 * another session: the lock would stay with one that others use.
 *
 * <p>
 * A server tells each client its process when they connect, for cancelling; a pooler
 * tells something of its own instead. So without a pooler one comparison is enough, and
 * costs nothing. Behind one, our session is ours alone as long as we are connected, or it
 * is not: if our own statements meet two processes, or a second client meets ours, it is
 * not. A pooler lends either the session that was used last, which is ours, or each in
 * turn, so one of both happens at once, also with a single session in the pool.
 *
 * @see <a href="https://www.pgbouncer.org/features.html">PgBouncer: pooling modes</a>
 */
final class PoolerCheck {

	/** Others use the pool too, and may take the session that we look for. */
	private static final int ROUNDS = 3;

	private static final int PATIENCE_SECONDS = 5;

	private static final String SERVER = "SELECT inet_server_port(), backend_type = 'standalone backend'"
			+ " FROM pg_catalog.pg_stat_get_activity(pg_backend_pid())";

	/** Answered by Pgpool-II; an error of the server. */
	private static final String PGPOOL = "SHOW pool_version";

	private final Connection connection;

	private final ConnectionSettings settings;

	PoolerCheck(Connection connection, ConnectionSettings settings) {
		this.connection = connection;
		this.settings = settings;
	}

	/**
	 * Refuses a pooler in transaction mode, and what is no server of many sessions.
	 * @param process the process that answered this connection's first query
	 */
	void requireOneSession(int process) throws SQLException {
		requireServer();
		if (this.connection.unwrap(PGConnection.class).getBackendPID() == process) {
			return;
		}
		try (Connection second = connectAgain()) {
			for (int i = 0; i < ROUNDS; i++) {
				if (!meetsTwice(process) || processOfSecond(second) == process) {
					throw new CannotStartException(
							"database " + this.settings + " is behind a connection pooler in transaction mode:"
									+ " the lock of a run would not stay with the run",
							"connect to PostgreSQL directly, or to a pool in session mode (pool_mode = session)", null);
				}
			}
		}
	}

	/**
	 * PGlite runs PostgreSQL in its single-user mode, and its socket server lets each
	 * client speak with that one session. Pgpool-II listens on another port than the
	 * server, as a mapped port does.
	 * @see <a href=
	 * "https://www.pgpool.net/docs/latest/en/html/restrictions.html">Pgpool-II:
	 * restrictions</a>
	 */
	private void requireServer() throws SQLException {
		boolean mapped;
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(SERVER)) {
			row.next();
			if (row.getBoolean(2)) {
				throw new CannotStartException(
						"database " + this.settings + " is a server in single-user mode, as PGlite's: all connections"
								+ " share one session, so that no lock keeps two runs apart",
						"use a server: skein database start, or any PostgreSQL from version 14 on", null);
			}
			mapped = row.getInt(1) != this.settings.port();
		}
		if (mapped && isPgpool()) {
			throw new CannotStartException("database " + this.settings
					+ " is behind Pgpool-II, which loses the transactions of messages with" + " several statements",
					"connect to PostgreSQL directly", null);
		}
	}

	private boolean isPgpool() throws SQLException {
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(PGPOOL)) {
			return row.next();
		}
		catch (SQLException ex) {
			if (this.connection.isClosed()) {
				throw ex;
			}
			return false;
		}
	}

	/**
	 * Twice, because of pools that take turns.
	 */
	private boolean meetsTwice(int process) throws SQLException {
		int first = process(this.connection);
		int next = process(this.connection);
		return first == process && next == process;
	}

	private Connection connectAgain() throws SQLException {
		PGSimpleDataSource source = Connector.dataSource(this.settings).unwrap(PGSimpleDataSource.class);
		source.setSocketTimeout(PATIENCE_SECONDS);
		try {
			return source.getConnection();
		}
		catch (SQLException ex) {
			throw noSecondSession(ex);
		}
	}

	private int processOfSecond(Connection second) {
		try {
			return process(second);
		}
		catch (SQLException ex) {
			throw noSecondSession(ex);
		}
	}

	private CannotStartException noSecondSession(SQLException cause) {
		return new CannotStartException(
				"the connection pooler of database " + this.settings + " gave no second session within "
						+ PATIENCE_SECONDS + " s: " + ConnectionFailure.reason(cause),
				"let its pool hold two sessions more than --jobs, or connect to PostgreSQL directly", cause);
	}

	private static int process(Connection client) throws SQLException {
		try (Statement statement = client.createStatement();
				ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
			row.next();
			return row.getInt(1);
		}
	}

}
