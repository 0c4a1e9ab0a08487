package dev.skein.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PgConnection;

/**
 * One connection, lent again and again as long as the services run as the same role.
 * Flyway opens and closes connections for every service; here that costs nothing.
 */
final class KeptConnection extends LentSource {

	private static final String SETTINGS = "SET client_min_messages = warning";

	/**
	 * Lets the server look now and then whether this process is still there, so that a
	 * statement does not outlive a run that was killed.
	 * @see <a href=
	 * "https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-CLIENT-CONNECTION-CHECK-INTERVAL">PostgreSQL:
	 * client_connection_check_interval</a>
	 */
	private static final String END_WITH_US = "SET client_connection_check_interval = '1s'";

	/**
	 * Has the server plan a repeated statement once. By itself it makes a new plan for
	 * each of the first five values, and so for every file of most services.
	 * @see <a href=
	 * "https://www.postgresql.org/docs/current/runtime-config-query.html#GUC-PLAN-CACHE-MODE">PostgreSQL:
	 * plan_cache_mode</a>
	 */
	private static final String PLAN_ONCE = "SET LOCAL plan_cache_mode = force_generic_plan; ";

	/** What drops a prepared statement, also from within a function. */
	private static final Pattern FORGETTING = Pattern.compile("\\b(DEALLOCATE|DISCARD)\\b", Pattern.CASE_INSENSITIVE);

	private final SessionSource source;

	private final KnownAnswers known = new KnownAnswers();

	private volatile @Nullable Connection connection;

	private @Nullable String role;

	private @Nullable Boolean looking;

	private boolean forgetting;

	private @Nullable WrittenRows written;

	KeptConnection(SessionSource source) {
		this.source = source;
	}

	/**
	 * Goes on as the role that works on a schema, and makes unqualified names mean that
	 * schema and extensions, nothing else: Flyway keeps what was on the search path
	 * before.
	 * @param files what will run there
	 */
	void enter(SchemaName schema, List<Migration> files) throws SQLException {
		this.forgetting = files.stream().anyMatch((file) -> FORGETTING.matcher(file.script().text()).find());
		boolean untouched = this.source.untouched(schema);
		this.written = new WrittenRows(this, schema,
				files.stream().noneMatch((file) -> WrittenRows.mayBeWrittenBy(file.script().text())), untouched);
		String wanted = this.source.role(schema);
		if (!wanted.equals(this.role)) {
			close();
		}
		Connection kept = this.connection;
		boolean fresh = kept == null || kept.isClosed();
		if (kept == null || fresh) {
			kept = this.source.login(schema);
			this.connection = kept;
			this.role = wanted;
		}
		List<String> batch = new ArrayList<>();
		if (fresh) {
			// A generic plan for Flyway's questions reads the histories of all services.
			kept.unwrap(PGConnection.class).setPrepareThreshold(0);
			batch.add(SETTINGS);
			if (this.looking == null) {
				this.looking = endsWithUs(kept);
			}
			else if (this.looking) {
				batch.add(END_WITH_US);
			}
		}
		else if (this.known.lock() != null) {
			batch.add("SELECT pg_advisory_unlock" + this.known.lock());
		}
		batch.add(searchPath(schema));
		this.known.begin(kept, String.join("; ", batch), schema, untouched);
	}

	/**
	 * What finds the service's own tables by their names, and nobody else's.
	 */
	static String searchPath(SchemaName schema) {
		return "SET search_path = " + schema.quoted() + ", extensions";
	}

	/**
	 * Sends a script, with the row of the file before if that waits.
	 */
	void execute(String sql) throws SQLException {
		if (this.written != null && this.written.send("; " + sql)) {
			return;
		}
		try (Statement statement = open().createStatement()) {
			statement.execute(sql);
		}
	}

	/**
	 * A statement that the server forgets again.
	 */
	PreparedStatement once(String sql) throws SQLException {
		return open().prepareStatement(sql);
	}

	/**
	 * A statement that is sent for every file. The server keeps it from the first time
	 * on, parsed and planned, which takes longer than to run it; unless a file may drop
	 * that, unseen by the driver.
	 */
	PreparedStatement repeated(String sql) throws SQLException {
		PreparedStatement statement = once(sql);
		if (!this.forgetting) {
			statement.unwrap(PGStatement.class).setPrepareThreshold(1);
		}
		return statement;
	}

	/**
	 * A statement that is sent after every file, in its transaction: nothing but what
	 * belongs to Skein and Flyway follows there.
	 */
	PreparedStatement repeatedAfter(String sql) throws SQLException {
		return repeated(PLAN_ONCE + sql);
	}

	/**
	 * What the server answers to such a statement.
	 */
	static ResultSet answer(PreparedStatement after) throws SQLException {
		after.execute();
		after.getMoreResults();
		return Objects.requireNonNull(after.getResultSet());
	}

	/**
	 * Whether the service works as a role of its own, which the server keeps in its room.
	 */
	boolean isOwnRole() {
		return !"".equals(this.role);
	}

	/**
	 * Whether somebody beside its owner has rights on the history of the schema, or will
	 * have when it is made.
	 */
	boolean isHistoryOpen() {
		return isOwnRole() && this.known.isHistoryOpen();
	}

	/**
	 * Takes note of the role that a script left behind.
	 */
	void leftAtWork(String user) {
		this.known.leftAtWork(user);
	}

	boolean isInTransaction() throws SQLException {
		return driver().getTransactionState() == TransactionState.OPEN;
	}

	/**
	 * Whether Flyway holds its lock on the history.
	 */
	boolean isHistoryLocked() {
		return this.known.lock() != null;
	}

	/**
	 * The session that PostgreSQL knows by this number.
	 */
	int processId() throws SQLException {
		return driver().getBackendPID();
	}

	PgConnection driver() throws SQLException {
		return open().unwrap(PgConnection.class);
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
		return LentConnection.of(open(), this.known, Objects.requireNonNull(this.written));
	}

	private Connection open() throws SQLException {
		Connection kept = this.connection;
		if (kept == null) {
			throw new SQLException("no schema was entered yet");
		}
		return kept;
	}

	/**
	 * Some platforms cannot look: there the statement goes on to its end.
	 */
	private static boolean endsWithUs(Connection connection) {
		try (Statement statement = connection.createStatement()) {
			statement.execute(END_WITH_US);
			return true;
		}
		catch (SQLException ex) {
			return false;
		}
	}

}
