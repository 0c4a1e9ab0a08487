package dev.skein.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Opens the sessions of workers where there are so many services that this costs less
 * than a login for each. Their roles are made and admitted in a session of its own: that
 * of the run makes schemas meanwhile, and the next service would wait for it.
 */
final class WorkerSessions {

	/**
	 * Where sharing pays. To give an owner a password and log it in takes a server 8 ms,
	 * to make a worker's role, log it in and drop the role 7.5, the session that does so
	 * 4.5 once, and to admit a worker 0.13 (PostgreSQL 15).
	 */
	private static final int SERVICES = 3;

	/** Where there are so many services, there may be more later. */
	private static final int MANY = 10;

	private static final Duration VALIDITY = Duration.ofMinutes(5);

	/** Also has a pooler connect, which it does with the first statement only. */
	private static final String FIRST = "SELECT session_user, set_config('search_path', '', false)";

	/** It has nothing to say while a file runs for hours. */
	private static final String SETTINGS = "SET idle_session_timeout = 0";

	private static final System.Logger LOG = System.getLogger("skein");

	private final ConnectionSettings settings;

	private final Set<WorkerSession> open = new HashSet<>();

	private @Nullable Connection deploying;

	private @Nullable WorkerSession spare;

	/** Made before schemas are, while no transaction holds the group of owners. */
	private final Deque<Login> ahead = new ArrayDeque<>();

	private int jobs = 1;

	private int opening;

	private final Set<SchemaName> served = new HashSet<>();

	private boolean made;

	private boolean refused;

	WorkerSessions(ConnectionSettings settings) {
		this.settings = ServiceLogins.verbatim(settings);
	}

	/**
	 * Says how many workers there will be at once.
	 */
	synchronized void expect(int most) {
		this.jobs = most;
	}

	/**
	 * Whether there are sessions of workers for so many services. Tries one where none
	 * was open yet: a server that does not let it in is found before anything is applied.
	 */
	boolean serve(int services) {
		synchronized (this) {
			if (!this.open.isEmpty()) {
				return true;
			}
		}
		WorkerSession first = open(services);
		if (first == null) {
			return false;
		}
		createAhead(services);
		synchronized (this) {
			this.spare = first;
		}
		return true;
	}

	/**
	 * Opens a session unless owners had better log in themselves.
	 * @param services how many services there are in the run
	 * @return the session; {@code null} where there are too few services for one more, or
	 * where the server does not let such a role in
	 */
	@Nullable WorkerSession open(int services) {
		synchronized (this) {
			WorkerSession kept = this.spare;
			this.spare = null;
			if (kept != null) {
				return kept;
			}
			if (this.refused
					|| (this.ahead.isEmpty() && services <= SERVICES * (this.open.size() + this.opening + 1))) {
				return null;
			}
			this.opening++;
		}
		try {
			WorkerSession session = login();
			synchronized (this) {
				this.open.add(session);
			}
			return session;
		}
		catch (SQLException ex) {
			LOG.log(System.Logger.Level.DEBUG, "owners log in themselves", ex);
			refuse();
			return null;
		}
		finally {
			synchronized (this) {
				this.opening--;
			}
		}
	}

	/**
	 * Makes the roles of the other workers. Later, each would wait for the schemas that
	 * are made just then.
	 */
	private synchronized void createAhead(int services) {
		try {
			int most = Math.min(this.jobs, (services >= MANY) ? MANY : (services - 1) / SERVICES);
			while (this.ahead.size() + 1 < most) {
				this.ahead.add(create());
			}
		}
		catch (SQLException ex) {
			LOG.log(System.Logger.Level.DEBUG, "no role for another worker", ex);
		}
	}

	/**
	 * Asks no more in this run, and lets a session go that owners may need.
	 */
	private synchronized void refuse() {
		this.refused = true;
		if (this.open.isEmpty() && this.deploying != null) {
			Closing.quietly(this.deploying);
		}
	}

	/**
	 * The role cannot log in again before anything runs in its session.
	 */
	private WorkerSession login() throws SQLException {
		Login login = next();
		String role = login.role();
		Connection connection = Connector.dataSource(this.settings.withUser(role, login.password())).getConnection();
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(FIRST)) {
			row.next();
			if (!role.equals(row.getString(1))) {
				throw new SQLException("logged in as role \"" + row.getString(1) + "\", not as \"" + role + "\"");
			}
			closeLogin(role);
			return new WorkerSession(this, role, connection);
		}
		catch (SQLException ex) {
			Closing.quietly(connection);
			throw ex;
		}
	}

	private synchronized Login next() throws SQLException {
		Login made = this.ahead.poll();
		return (made != null) ? made : create();
	}

	private Login create() throws SQLException {
		Secret password = Secret.random();
		this.made = true;
		return new Login(roles().create(RunPassword.verifier(password), VALIDITY), password);
	}

	private synchronized void closeLogin(String role) throws SQLException {
		roles().closeLogin(role);
	}

	synchronized void admit(String role, @Nullable SchemaName before, SchemaName next) throws SQLException {
		this.served.add(next);
		roles().admit(role, before, next);
	}

	synchronized void close(WorkerSession session) {
		this.open.remove(session);
		Closing.quietly(session.connection());
	}

	/**
	 * The schemas that workers were admitted to.
	 */
	synchronized Set<SchemaName> served() {
		return Set.copyOf(this.served);
	}

	/**
	 * Ends all sessions.
	 * @return whether there are roles to be dropped
	 */
	synchronized boolean end() {
		boolean left = this.made;
		this.open.forEach((session) -> Closing.quietly(session.connection()));
		this.open.clear();
		this.served.clear();
		this.ahead.clear();
		this.spare = null;
		this.made = false;
		this.refused = false;
		if (this.deploying != null) {
			Closing.quietly(this.deploying);
			this.deploying = null;
		}
		return left;
	}

	private WorkerRoles roles() throws SQLException {
		Connection kept = this.deploying;
		if (kept == null || kept.isClosed()) {
			kept = ServiceLogins.own(this.settings);
			this.deploying = kept;
			try (Statement statement = kept.createStatement()) {
				statement.execute(SETTINGS);
			}
		}
		return new WorkerRoles(kept);
	}

	/**
	 * A role that has not logged in yet.
	 *
	 * @param role its name
	 * @param password good for a few minutes
	 */
	private record Login(String role, Secret password) {

	}

}
