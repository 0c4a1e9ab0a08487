package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.RoleNames;
import dev.skein.migration.Secret;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PasswordUtil;

/**
 * Logs the owners of schemas in, each as its own role, with a password that lives as long
 * as this object and that no server ever sees: it gets a SCRAM verifier.
 *
 * @see <a href= "https://www.postgresql.org/docs/current/sql-alterrole.html">PostgreSQL:
 * ALTER ROLE</a>
 */
public final class ServiceLogins {

	/** Long enough to log in; whoever comes later gets a new one. */
	private static final String VALIDITY = "5 minutes";

	private static final String INVALID_PASSWORD = "28P01";

	private static final String REFUSED_LOGIN = "28000";

	private static final int ATTEMPTS = 20;

	/**
	 * Iterations make short passwords long to guess. This one has 256 random bits, and
	 * each service would wait for them.
	 */
	private static final int ITERATIONS = 1;

	private static final int SALT = 16;

	private final Connection connection;

	private final ConnectionSettings settings;

	private final Map<SchemaName, Boolean> underRole = new ConcurrentHashMap<>();

	private final Set<SchemaName> admitted = ConcurrentHashMap.newKeySet();

	private final Map<SchemaName, Connection> spares = new ConcurrentHashMap<>();

	private final Secret password = Secret.random();

	private @Nullable String verifier;

	ServiceLogins(Connection connection, ConnectionSettings settings) {
		this.connection = connection;
		this.settings = settings;
	}

	/**
	 * Which role works on a schema.
	 * @param schema the schema
	 * @return the name of its own role if the schema belongs to that; else empty, which
	 * means the given user
	 * @throws SQLException if the database does not answer
	 */
	public String role(SchemaName schema) throws SQLException {
		Boolean known = this.underRole.get(schema);
		if (known == null) {
			known = asksOwner(schema);
			this.underRole.put(schema, known);
		}
		return known ? RoleNames.owner(schema) : "";
	}

	/**
	 * Opens a connection as the role that works on a schema.
	 * @param schema the schema
	 * @return the connection, to be closed by the caller
	 * @throws SQLException if the database does not answer
	 * @throws CannotStartException if the server does not let the role in
	 */
	public Connection open(SchemaName schema) throws SQLException {
		String role = role(schema);
		if (role.isEmpty()) {
			return own();
		}
		Connection spare = this.spares.remove(schema);
		return (spare != null) ? spare : login(schema, role);
	}

	/**
	 * Opens a connection as the given user.
	 * @return the connection, to be closed by the caller
	 * @throws SQLException if there is none to be had
	 */
	public Connection own() throws SQLException {
		return Connector.dataSource(this.settings).getConnection();
	}

	/**
	 * Forgets what was known of who owns which schema.
	 */
	void forgetOwners() {
		this.underRole.clear();
	}

	/**
	 * Lets the owners of some schemas in, and tries the first of them: a server that
	 * refuses is found before anything is applied.
	 */
	void admit(Collection<ServiceDefinition> services) throws SQLException {
		List<SchemaName> schemas = new ArrayList<>();
		for (ServiceDefinition service : services) {
			if (!role(service.schema()).isEmpty()) {
				schemas.add(service.schema());
			}
		}
		if (!schemas.isEmpty()) {
			setPasswords(schemas);
			this.spares.put(schemas.get(0), open(schemas.get(0)));
		}
	}

	/**
	 * Looks up who owns some schemas, all at once.
	 */
	void learnOwners(Collection<ServiceDefinition> services) throws SQLException {
		List<SchemaName> schemas = services.stream().map(ServiceDefinition::schema).toList();
		try (PreparedStatement statement = this.connection
			.prepareStatement("SELECT nspname, pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = ANY (?)")) {
			statement.setArray(1, HistoryQuery.names(this.connection, schemas));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					SchemaName schema = new SchemaName(row.getString(1));
					this.underRole.put(schema, row.getString(2).equals(RoleNames.owner(schema)));
				}
			}
		}
	}

	/**
	 * Takes the passwords away again. If the server cannot be asked any more, they
	 * expire.
	 */
	void close() {
		this.spares.values().forEach(Closing::quietly);
		if (this.admitted.isEmpty()) {
			return;
		}
		StringBuilder script = new StringBuilder();
		this.admitted.forEach((schema) -> script.append("ALTER ROLE ")
			.append(Identifier.quote(RoleNames.owner(schema)))
			.append(" PASSWORD NULL;\n"));
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(script.toString());
		}
		catch (SQLException ex) {
			System.getLogger("skein").log(System.Logger.Level.DEBUG, "passwords are left to expire", ex);
		}
	}

	/**
	 * Roles belong to the server: a run on another of its databases may set another
	 * password of the same role at any moment, so that a refused one is set again.
	 */
	private Connection login(SchemaName schema, String role) throws SQLException {
		var source = Connector.dataSource(this.settings.withUser(role, this.password));
		SQLException refused = null;
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			if (refused != null || !this.admitted.contains(schema)) {
				setPasswords(List.of(schema));
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
						+ " runs, or run everything as one user: --isolation none",
				cause);
	}

	private synchronized void setPasswords(Collection<SchemaName> schemas) throws SQLException {
		if (this.verifier == null) {
			byte[] salt = new byte[SALT];
			new SecureRandom().nextBytes(salt);
			this.verifier = PasswordUtil.encodeScramSha256(this.password.value().toCharArray(), ITERATIONS, salt);
		}
		new SharedCatalog(this.connection).change(() -> {
			String until = until();
			StringBuilder script = new StringBuilder();
			schemas.forEach((schema) -> script.append("ALTER ROLE ")
				.append(Identifier.quote(RoleNames.owner(schema)))
				.append(" PASSWORD '" + this.verifier + "' VALID UNTIL '" + until + "';\n"));
			return script.toString();
		});
		this.admitted.addAll(schemas);
	}

	private String until() throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT (clock_timestamp() + interval '" + VALIDITY + "')::text")) {
			row.next();
			return row.getString(1);
		}
	}

	private boolean asksOwner(SchemaName schema) throws SQLException {
		try (PreparedStatement statement = this.connection
			.prepareStatement("SELECT pg_get_userbyid(nspowner) = ? FROM pg_namespace WHERE nspname = ?")) {
			statement.setString(1, RoleNames.owner(schema));
			statement.setString(2, schema.value());
			try (ResultSet row = statement.executeQuery()) {
				return row.next() && row.getBoolean(1);
			}
		}
	}

}
