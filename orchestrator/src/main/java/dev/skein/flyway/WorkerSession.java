package dev.skein.flyway;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Timeouts;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PgConnection;

/**
 * The session in which a worker runs the files of one service after the other. It is kept
 * as long as services run as the same role, or where it may become each owner in turn.
 */
final class WorkerSession {

	private final SessionSource source;

	private volatile @Nullable Connection connection;

	/** Set where this session may become each owner in turn. */
	private @Nullable SharedSession shared;

	private String role = "";

	private @Nullable ServiceDefinition service;

	private @Nullable SessionSettings settings;

	private @Nullable Boolean looksForClient;

	private boolean clean;

	WorkerSession(SessionSource source) {
		this.source = source;
	}

	/**
	 * Goes on as the role that works on a service's schema.
	 * @param service the service
	 * @param files what will run there
	 * @throws SQLException if there is no session to be had
	 */
	void enter(ServiceDefinition service, List<Migration> files) throws SQLException {
		SchemaName schema = service.schema();
		String wanted = this.source.role(schema);
		SharedSession sharing = this.shared;
		if (sharing != null && isOpen() && !wanted.isEmpty() && !SessionNeeds.ofItsOwn(service, files)) {
			sharing.admit(schema);
		}
		else if (!isOpen() || sharing != null || !wanted.equals(this.role)) {
			close();
			open(service, wanted, files);
		}
		this.role = wanted;
		this.service = service;
	}

	private void open(ServiceDefinition service, String wanted, List<Migration> files) throws SQLException {
		SharedSession sharing = (wanted.isEmpty() || SessionNeeds.ofItsOwn(service, files)) ? null
				: this.source.share();
		Connection opened = (sharing != null) ? sharing.connection()
				: SessionOpening.open(() -> this.source.login(service.schema()));
		this.connection = opened;
		this.shared = sharing;
		// A file may drop what the server has prepared, unseen by the driver.
		opened.unwrap(PGConnection.class).setPrepareThreshold(0);
		if (this.looksForClient == null) {
			this.looksForClient = canLookForClient(opened);
		}
		this.settings = new SessionSettings(opened.getMetaData().getDatabaseMajorVersion(), this.looksForClient);
		this.clean = true;
		if (sharing != null) {
			sharing.admit(service.schema());
		}
	}

	/**
	 * Commits the file before, if one waits for that, and gives the session the state in
	 * which a file begins.
	 * @param timeouts how long the file may wait and run
	 * @param question what to ask the server in the same message; empty for nothing
	 * @return the answer's first row as text; empty if there was no question
	 */
	List<@Nullable String> begin(Timeouts timeouts, String question) throws SQLException {
		ServiceDefinition entered = entered();
		String reset = this.clean ? "" : SessionSettings.RESET;
		this.clean = false;
		return send((isInTransaction() ? "COMMIT; " : "") + reset
				+ settings().before(this.role, entered.schema(), "skein " + entered.name(), timeouts) + question);
	}

	/**
	 * Commits the last file, and leaves nothing in the session that a later one could
	 * find.
	 */
	void leave() throws SQLException {
		if (this.shared == null && isOwnRole()) {
			if (isInTransaction()) {
				send("COMMIT");
			}
			// Whatever locks the service took in its session end with it.
			close();
			return;
		}
		send((isInTransaction() ? "COMMIT; " : "") + SessionSettings.RESET);
		this.clean = true;
	}

	/**
	 * Rolls a file back. If the session is gone, the server does so by itself.
	 */
	void rollBack() {
		try {
			if (isOpen() && driver().getTransactionState() != TransactionState.IDLE) {
				send("ROLLBACK");
			}
		}
		catch (SQLException ex) {
			close();
		}
	}

	/**
	 * Sends statements in one message.
	 * @return the last row that came back, as text; empty if none did
	 */
	List<@Nullable String> send(String sql) throws SQLException {
		ScriptMessage message = new ScriptMessage((notice) -> {
		});
		message.send(driver(), sql);
		return message.lastRow();
	}

	Connection connection() throws SQLException {
		Connection open = this.connection;
		if (open == null) {
			throw new SQLException("no service was entered yet");
		}
		return open;
	}

	PgConnection driver() throws SQLException {
		return connection().unwrap(PgConnection.class);
	}

	private SessionSettings settings() throws SQLException {
		SessionSettings known = this.settings;
		if (known == null) {
			throw new SQLException("no service was entered yet");
		}
		return known;
	}

	private ServiceDefinition entered() throws SQLException {
		ServiceDefinition entered = this.service;
		if (entered == null) {
			throw new SQLException("no service was entered yet");
		}
		return entered;
	}

	/**
	 * The role that files run as.
	 * @return its name; empty for the given user
	 */
	String role() {
		return this.role;
	}

	/**
	 * Whether files run as the owner of their schema, so that PostgreSQL keeps them in
	 * it.
	 */
	boolean isOwnRole() {
		return !this.role.isEmpty();
	}

	boolean isInTransaction() throws SQLException {
		return driver().getTransactionState() == TransactionState.OPEN;
	}

	boolean isOpen() throws SQLException {
		Connection open = this.connection;
		return open != null && !open.isClosed();
	}

	/**
	 * The session that PostgreSQL knows by this number.
	 */
	int processId() throws SQLException {
		return driver().getBackendPID();
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
		Connection open = this.connection;
		SharedSession sharing = this.shared;
		this.connection = null;
		this.shared = null;
		try {
			if (sharing != null) {
				sharing.close();
			}
			else if (open != null) {
				open.close();
			}
		}
		catch (SQLException ex) {
			// The server ends the session by itself once the socket is closed.
		}
	}

	private static boolean canLookForClient(Connection connection) {
		try (Statement statement = connection.createStatement()) {
			statement.execute(SessionSettings.LOOK_FOR_CLIENT);
			return true;
		}
		catch (SQLException ex) {
			return false;
		}
	}

}
