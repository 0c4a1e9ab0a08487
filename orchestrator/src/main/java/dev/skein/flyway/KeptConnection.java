package dev.skein.flyway;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.logging.Logger;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * One connection, lent again and again. Flyway opens and closes connections for every
 * service; here that costs nothing.
 */
final class KeptConnection implements DataSource {

	/**
	 * Flyway asks the same questions of every schema; a generic plan for them reads the
	 * histories of all services each time.
	 */
	private static final String SETTINGS = "SET plan_cache_mode = force_custom_plan; SET client_min_messages = warning";

	private final DataSource source;

	private volatile @Nullable Connection connection;

	KeptConnection(DataSource source) {
		this.source = source;
	}

	/**
	 * Makes unqualified names mean this schema and extensions, nothing else: Flyway keeps
	 * what was on the search path before.
	 */
	void enter(String quotedSchema) throws SQLException {
		try (Statement statement = open().createStatement()) {
			statement.execute("SET search_path = " + quotedSchema + ", extensions");
		}
	}

	/**
	 * The session that PostgreSQL knows by this number.
	 */
	int processId() throws SQLException {
		return open().unwrap(PGConnection.class).getBackendPID();
	}

	void cancel() {
		Connection running = this.connection;
		try {
			if (running != null) {
				running.unwrap(PGConnection.class).cancelQuery();
			}
		}
		catch (SQLException ex) {
			// The connection is gone, and what ran on it has ended.
		}
	}

	void close() {
		Connection kept = this.connection;
		try {
			if (kept != null) {
				kept.close();
			}
		}
		catch (SQLException ex) {
			// The server ends the session by itself once the socket is closed.
		}
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection kept = open();
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> {
					if (method.getName().equals("close")) {
						return null;
					}
					try {
						return method.invoke(kept, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	private Connection open() throws SQLException {
		Connection kept = this.connection;
		if (kept == null || kept.isClosed()) {
			kept = this.source.getConnection();
			this.connection = kept;
			try (Statement statement = kept.createStatement()) {
				statement.execute(SETTINGS);
			}
			endWithUs(kept);
		}
		return kept;
	}

	/**
	 * Lets the server look now and then whether this process is still there, so that a
	 * statement does not outlive a run that was killed.
	 * @see <a href=
	 * "https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-CLIENT-CONNECTION-CHECK-INTERVAL">PostgreSQL:
	 * client_connection_check_interval</a>
	 */
	private static void endWithUs(Connection connection) {
		try (Statement statement = connection.createStatement()) {
			statement.execute("SET client_connection_check_interval = '1s'");
		}
		catch (SQLException ex) {
			// Some platforms cannot look: there the statement goes on to its end.
		}
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		throw new SQLFeatureNotSupportedException("the connection is open already");
	}

	@Override
	public @Nullable PrintWriter getLogWriter() {
		return null;
	}

	@Override
	public void setLogWriter(PrintWriter out) {
	}

	@Override
	public void setLoginTimeout(int seconds) {
	}

	@Override
	public int getLoginTimeout() {
		return 0;
	}

	@Override
	public Logger getParentLogger() {
		return Logger.getGlobal();
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		return this.source.unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		return this.source.isWrapperFor(type);
	}

}
