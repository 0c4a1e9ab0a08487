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

import dev.skein.catalog.SchemaName;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * One connection, lent again and again as long as the services run as the same role.
 * Flyway opens and closes connections for every service; here that costs nothing.
 */
final class KeptConnection implements DataSource {

	/**
	 * Flyway asks the same questions of every schema; a generic plan for them reads the
	 * histories of all services each time.
	 */
	private static final String SETTINGS = "SET plan_cache_mode = force_custom_plan; SET client_min_messages = warning";

	private final SessionSource source;

	private volatile @Nullable Connection connection;

	private @Nullable String role;

	KeptConnection(SessionSource source) {
		this.source = source;
	}

	/**
	 * Goes on as the role that works on a schema, and makes unqualified names mean that
	 * schema and extensions, nothing else: Flyway keeps what was on the search path
	 * before.
	 */
	void enter(SchemaName schema) throws SQLException {
		String wanted = this.source.role().get(schema);
		if (!wanted.equals(this.role)) {
			close();
		}
		Connection kept = this.connection;
		boolean fresh = kept == null || kept.isClosed();
		if (kept == null || fresh) {
			kept = this.source.session().get(schema);
			this.connection = kept;
			this.role = wanted;
		}
		try (Statement statement = kept.createStatement()) {
			statement.execute((fresh ? SETTINGS + "; " : "") + searchPath(schema));
		}
		if (fresh) {
			endWithUs(kept);
		}
	}

	/**
	 * What finds the service's own tables by their names, and nobody else's.
	 */
	static String searchPath(SchemaName schema) {
		return "SET search_path = " + schema.quoted() + ", extensions";
	}

	void execute(String sql) throws SQLException {
		try (Statement statement = open().createStatement()) {
			statement.execute(sql);
		}
	}

	/**
	 * Whether the service works as a role of its own, which the server keeps in its room.
	 */
	boolean isOwnRole() {
		return !"".equals(this.role);
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
		if (kept == null) {
			throw new SQLException("no schema was entered yet");
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
		throw new SQLFeatureNotSupportedException("there is nothing inside");
	}

	@Override
	public boolean isWrapperFor(Class<?> type) {
		return false;
	}

}
