package dev.skein.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.ProgramLogin;
import dev.skein.migration.RoleNames;
import dev.skein.migration.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Logs the owners of schemas in, each as its own role. Where a run has many services,
 * workers log in instead, and become one owner after the other: an owner gets a password
 * then only when it has to log in itself.
 */
public final class ServiceLogins {

	private static final String INVALID_PASSWORD = "28P01";

	private static final String REFUSED_LOGIN = "28000";

	private static final int ATTEMPTS = 20;

	private final ConnectionSettings settings;

	private final SchemaOwners owners;

	private final RunPassword password;

	private final NewHistories histories;

	private final WorkerSessions workers;

	private final WorkerRoles roles;

	private final ExtensionSchemas extensions;

	/** Those with files to run, each under a role. */
	private final Set<SchemaName> expected = ConcurrentHashMap.newKeySet();

	private final Map<SchemaName, Connection> spares = new ConcurrentHashMap<>();

	private boolean cleared;

	private volatile int lockHolder;

	ServiceLogins(Connection connection, ConnectionSettings settings) {
		this.settings = settings;
		this.owners = new SchemaOwners(connection);
		this.password = new RunPassword(connection);
		this.histories = new NewHistories(connection);
		this.workers = new WorkerSessions(settings);
		this.roles = new WorkerRoles(connection);
		this.extensions = new ExtensionSchemas(connection);
	}

	/**
	 * Which role works on a schema.
	 * @param schema the schema
	 * @return the name of its own role if the schema belongs to that; else empty, which
	 * means the given user
	 * @throws SQLException if the database does not answer
	 */
	public String role(SchemaName schema) throws SQLException {
		return this.owners.isUnderRole(schema) ? RoleNames.owner(schema) : "";
	}

	/**
	 * Where a service finds its extensions, beside the schema that is for them.
	 * @param service the service
	 * @return the schemas of those of its extensions that lie elsewhere and cannot be
	 * moved; nearly always none
	 * @throws SQLException if the database does not answer
	 */
	public List<String> extensionSchemas(ServiceDefinition service) throws SQLException {
		return this.extensions.of(service);
	}

	/**
	 * Whether a schema was made by this run, with a history that has no rows, and no
	 * rights for anybody but its owner. True at most once: who asks is about to work on
	 * it.
	 * @param schema the schema
	 * @return {@code true} if so; {@code false} where that has to be looked up
	 */
	public boolean isUntouched(SchemaName schema) {
		return this.histories.take(schema);
	}

	/**
	 * Opens a connection as the role that works on a schema.
	 * @param schema the schema
	 * @return the connection, to be closed by the caller
	 * @throws SQLException if the database does not answer
	 * @throws CannotStartException if the server does not let the role in
	 */
	public Connection open(SchemaName schema) throws SQLException {
		if (!this.owners.isUnderRole(schema)) {
			return own();
		}
		Connection spare = this.spares.remove(schema);
		return (spare != null) ? spare : login(schema, RoleNames.owner(schema));
	}

	/**
	 * Opens a connection as the given user.
	 * @return the connection, to be closed by the caller
	 * @throws SQLException if there is none to be had
	 */
	public Connection own() throws SQLException {
		return own(this.settings);
	}

	/**
	 * Opens a session for one worker that works as the owner of one schema after the
	 * other. May be asked again: there may be more services then.
	 * @return the session, to be closed by the caller; {@code null} where owners log in
	 * themselves, because there are too few services or the server lets no such role in
	 */
	public @Nullable WorkerSession share() {
		return this.workers.open(this.expected.size());
	}

	/**
	 * Says how many workers a run will have at once.
	 * @param most the number
	 */
	void expectWorkers(int most) {
		this.workers.expect(most);
	}

	/**
	 * The session that holds the run lock.
	 * @return its process id; 0 if this run does not hold it
	 */
	public int lockHolder() {
		return this.lockHolder;
	}

	/**
	 * Takes note that a run began.
	 * @param process the process id of the session that holds its lock
	 */
	void begin(int process) {
		this.lockHolder = process;
	}

	/**
	 * Opens a connection as the given user that sends every text as it is: whole scripts,
	 * which the driver would take apart, wrongly where a function's body is no string.
	 * @return the connection, to be closed by the caller
	 * @throws SQLException if there is none to be had
	 */
	Connection verbatim() throws SQLException {
		return own(verbatim(this.settings));
	}

	/**
	 * The same login, for texts that are sent as they are.
	 */
	static ConnectionSettings verbatim(ConnectionSettings settings) {
		Map<String, String> options = new HashMap<>(settings.options());
		options.put("preferQueryMode", "simple");
		return settings.withOptions(options);
	}

	static Connection own(ConnectionSettings as) throws SQLException {
		Connection connection = Connector.dataSource(as).getConnection();
		try (Statement statement = connection.createStatement()) {
			statement.execute(SessionSettings.statements(connection));
			return connection;
		}
		catch (SQLException ex) {
			Closing.quietly(connection);
			throw ex;
		}
	}

	/**
	 * Lets the owners of some schemas in, or workers where there are many, and tries the
	 * first login of a run: a server that refuses is found before anything is applied.
	 * @param made those of them that were made just now
	 */
	void admit(Collection<ServiceDefinition> services, List<SchemaName> made) throws SQLException {
		this.histories.add(made);
		this.extensions.learn();
		this.owners.learn(services.stream().map(ServiceDefinition::schema).toList());
		List<SchemaName> isolated = new ArrayList<>();
		for (ServiceDefinition service : services) {
			if (this.owners.isUnderRole(service.schema())) {
				isolated.add(service.schema());
				if (service.tool() == null) {
					this.expected.add(service.schema());
				}
			}
		}
		if (isolated.isEmpty()) {
			return;
		}
		dropWorkersOfEarlierRuns();
		if (!this.workers.serve(this.expected.size())) {
			boolean tried = this.password.isGiven();
			this.password.giveTo(isolated);
			if (!tried) {
				this.spares.put(isolated.get(0), open(isolated.get(0)));
			}
		}
	}

	/**
	 * The run lock is held, so a run that left any was killed.
	 */
	private void dropWorkersOfEarlierRuns() {
		if (!this.cleared) {
			this.roles.dropIfPossible();
			this.cleared = true;
		}
	}

	/**
	 * Lets a program log in as the role that works on a schema.
	 * @param validity how long it may need that
	 * @return the login, to be closed by the caller
	 */
	ProgramLogin lend(SchemaName schema, Duration validity) throws SQLException {
		if (!this.owners.isUnderRole(schema)) {
			return new Lent(this.settings, () -> {
			});
		}
		Connection spare = this.spares.remove(schema);
		if (spare != null) {
			Closing.quietly(spare);
		}
		Secret secret = this.password.lendTo(schema, validity);
		return new Lent(this.settings.withUser(RoleNames.owner(schema), secret),
				() -> this.password.takeBack(List.of(schema)));
	}

	/**
	 * A login and its end.
	 */
	private record Lent(ConnectionSettings settings, Runnable end) implements ProgramLogin {

		@Override
		public void close() {
			this.end.run();
		}

	}

	/**
	 * Forgets where extensions lie.
	 */
	void forgetExtensions() {
		this.extensions.forget();
	}

	/**
	 * Forgets what was known of who owns which schema.
	 */
	void forgetOwners() {
		this.owners.forget();
	}

	/**
	 * Lets nobody in any more, and ends whatever session is left. The run lock is still
	 * held, so none of them is another run's.
	 */
	void end() {
		this.spares.values().forEach(Closing::quietly);
		this.spares.clear();
		this.histories.clear();
		this.expected.clear();
		Set<SchemaName> served = this.workers.served();
		if (this.workers.end()) {
			this.roles.dropIfPossible();
		}
		this.password.takeBackAll(served);
		this.cleared = false;
		this.lockHolder = 0;
	}

	/**
	 * Roles belong to the server: a run on another of its databases may set another
	 * password of the same role at any moment, so that a refused one is set again.
	 */
	private Connection login(SchemaName schema, String role) throws SQLException {
		DataSource source = Connector.dataSource(this.settings.withUser(role, this.password.value()));
		SQLException refused = null;
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			if (refused != null || !this.password.isGivenTo(schema)) {
				this.password.giveTo(List.of(schema));
			}
			try {
				return source.getConnection();
			}
			catch (SQLException ex) {
				if (REFUSED_LOGIN.equals(ex.getSQLState())) {
					throw refused(role, ex);
				}
				if (!INVALID_PASSWORD.equals(ex.getSQLState())) {
					throw ex;
				}
				refused = ex;
			}
		}
		throw refused(role, refused);
	}

	private CannotStartException refused(String role, @Nullable SQLException cause) {
		return new CannotStartException(
				"the server does not let role \"" + role + "\" in: "
						+ ((cause == null) ? "" : ConnectionFailure.reason(cause)),
				"let pg_hba.conf admit members of \"" + RoleNames.ALL_OWNERS + "\" with scram-sha-256 from where Skein"
						+ " runs, below the line of its own user; or run everything as one user: --isolation none",
				cause);
	}

}
