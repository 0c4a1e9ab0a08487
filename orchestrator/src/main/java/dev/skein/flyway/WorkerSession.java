package dev.skein.flyway;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

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

	/** Kept beside a login of a role that needs one of its own. */
	private @Nullable SharedSession shared;

	private String role = "";

	private @Nullable ServiceDefinition service;

	/** Where the service finds extensions that are not in the schema for them. */
	private List<String> extensionSchemas = List.of();

	private @Nullable SessionSettings settings;

	private @Nullable Boolean looksForClient;

	/** The sessions in which a file has run since they were reset. */
	private final Set<Connection> used = Collections.newSetFromMap(new IdentityHashMap<>());

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
		String wanted = this.source.role(service.schema());
		boolean sharing = !wanted.isEmpty() && !SessionNeeds.ofItsOwn(service, files) && isSharing();
		if (sharing) {
			leaveLogin();
			become(Objects.requireNonNull(this.shared), service.schema());
		}
		else if (!isOpen() || isShared() || !wanted.equals(this.role)) {
			leaveLogin();
			use(SessionOpening.open(() -> this.source.login(service.schema())));
		}
		this.role = wanted;
		this.service = service;
		this.extensionSchemas = this.source.extensionSchemas(service);
	}

	/**
	 * Opens the session that may become each owner in turn, where there is to be one.
	 */
	private boolean isSharing() throws SQLException {
		SharedSession session = this.shared;
		if (session == null || session.connection().isClosed()) {
			this.shared = SessionOpening.open(() -> Optional.ofNullable(this.source.share())).orElse(null);
		}
		return this.shared != null;
	}

	/**
	 * A session that failed was not left clean.
	 */
	private void become(SharedSession session, SchemaName schema) throws SQLException {
		use(session.connection());
		try {
			if (this.used.remove(session.connection())) {
				send(SessionSettings.RESET);
			}
			session.admit(schema);
		}
		catch (SQLException ex) {
			close();
			throw ex;
		}
	}

	private boolean isShared() {
		SharedSession session = this.shared;
		return session != null && this.connection == session.connection();
	}

	private void use(Connection opened) throws SQLException {
		if (this.connection == opened) {
			return;
		}
		this.connection = opened;
		// A file may drop what the server has prepared, unseen by the driver.
		opened.unwrap(PGConnection.class).setPrepareThreshold(0);
		if (this.looksForClient == null) {
			this.looksForClient = canLookForClient(opened);
		}
		this.settings = new SessionSettings(opened.getMetaData().getDatabaseMajorVersion(), this.looksForClient);
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
		String reset = this.used.add(connection()) ? "" : SessionSettings.RESET;
		return send((isInTransaction() ? "COMMIT; " : "") + reset + settings().before(this.role, entered.schema(),
				this.extensionSchemas, "skein " + entered.name(), timeouts) + question);
	}

	/**
	 * Commits the last file, and leaves nothing in the session that a later one could
	 * find.
	 */
	void leave() throws SQLException {
		if (!isShared() && isOwnRole()) {
			if (isInTransaction()) {
				send("COMMIT");
			}
			// Whatever locks the service took in its session end with it.
			leaveLogin();
			return;
		}
		send((isInTransaction() ? "COMMIT; " : "") + SessionSettings.RESET);
		this.used.remove(connection());
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

	/**
	 * Ends the session in which a role itself is logged in.
	 */
	private void leaveLogin() {
		Connection open = this.connection;
		if (open == null || isShared()) {
			return;
		}
		this.connection = null;
		this.used.remove(open);
		try {
			open.close();
		}
		catch (SQLException ex) {
			// The server ends the session by itself once the socket is closed.
		}
	}

	void close() {
		leaveLogin();
		this.connection = null;
		this.used.clear();
		SharedSession session = this.shared;
		this.shared = null;
		if (session != null) {
			session.close();
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
