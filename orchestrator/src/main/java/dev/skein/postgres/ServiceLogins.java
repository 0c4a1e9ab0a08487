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
 * Logs the owners of schemas in, each as its own role.
 */
public final class ServiceLogins {

	private static final String INVALID_PASSWORD = "28P01";

	private static final String REFUSED_LOGIN = "28000";

	private static final int ATTEMPTS = 20;

	private final ConnectionSettings settings;

	private final SchemaOwners owners;

	private final RunPassword password;

	private final NewHistories histories;

	private final Map<SchemaName, Connection> spares = new ConcurrentHashMap<>();

	ServiceLogins(Connection connection, ConnectionSettings settings) {
		this.settings = settings;
		this.owners = new SchemaOwners(connection);
		this.password = new RunPassword(connection);
		this.histories = new NewHistories(connection);
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
	 * Opens a connection as the given user that sends every text as it is: whole scripts,
	 * which the driver would take apart, wrongly where a function's body is no string.
	 * @return the connection, to be closed by the caller
	 * @throws SQLException if there is none to be had
	 */
	Connection verbatim() throws SQLException {
		Map<String, String> options = new HashMap<>(this.settings.options());
		options.put("preferQueryMode", "simple");
		return own(this.settings.withOptions(options));
	}

	private static Connection own(ConnectionSettings as) throws SQLException {
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
	 * Lets the owners of some schemas in, and tries the first one of a run: a server that
	 * refuses is found before anything is applied.
	 * @param made those of them that were made just now
	 */
	void admit(Collection<ServiceDefinition> services, List<SchemaName> made) throws SQLException {
		this.histories.add(made);
		List<SchemaName> schemas = services.stream().map(ServiceDefinition::schema).toList();
		this.owners.learn(schemas);
		List<SchemaName> isolated = new ArrayList<>();
		for (SchemaName schema : schemas) {
			if (this.owners.isUnderRole(schema)) {
				isolated.add(schema);
			}
		}
		if (!isolated.isEmpty()) {
			boolean tried = this.password.isGiven();
			this.password.giveTo(isolated);
			if (!tried) {
				this.spares.put(isolated.get(0), open(isolated.get(0)));
			}
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
		this.password.takeBack();
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
