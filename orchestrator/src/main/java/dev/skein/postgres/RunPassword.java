package dev.skein.postgres;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.RoleNames;
import dev.skein.migration.Secret;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PasswordUtil;

/**
 * One password for the owners that a run logs in. No server ever sees it: it gets a SCRAM
 * verifier, valid for a short time and taken away at the end.
 *
 * @see <a href= "https://www.postgresql.org/docs/current/sql-alterrole.html">PostgreSQL:
 * ALTER ROLE</a>
 */
final class RunPassword {

	/** Long enough to log in; whoever comes later gets a new one. */
	private static final String VALIDITY = "5 minutes";

	/**
	 * Iterations make short passwords long to guess. This one has 256 random bits, and
	 * each service would wait for them.
	 */
	private static final int ITERATIONS = 1;

	private static final int SALT = 16;

	private static final String SESSIONS = """
			SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE datname = current_database() AND usename IN (%s)""";

	private final Connection connection;

	private final Secret password = Secret.random();

	private final Set<SchemaName> holders = ConcurrentHashMap.newKeySet();

	private @Nullable String verifier;

	RunPassword(Connection connection) {
		this.connection = connection;
	}

	Secret value() {
		return this.password;
	}

	boolean isGivenTo(SchemaName schema) {
		return this.holders.contains(schema);
	}

	/**
	 * Gives it to the owners of some schemas, all or none. Settings that a role made for
	 * itself could keep it from logging in, here or in another database.
	 */
	synchronized void giveTo(Collection<SchemaName> schemas) throws SQLException {
		String database = Identifier.quote(this.connection.getCatalog());
		new SharedCatalog(this.connection).change(() -> {
			String until = until();
			StringBuilder script = new StringBuilder();
			for (SchemaName schema : schemas) {
				String role = alter(schema);
				script.append(role + " PASSWORD '" + verifier() + "' VALID UNTIL '" + until + "';\n")
					.append(role + " RESET ALL;\n")
					.append(role + " IN DATABASE " + database + " RESET ALL;\n")
					.append(role + " IN DATABASE " + database + " SET search_path = " + Identifier.quote(schema) + ", "
							+ SchemaBootstrap.EXTENSIONS + ";\n");
			}
			return script.toString();
		});
		this.holders.addAll(schemas);
	}

	/**
	 * Takes it away again, with whatever a service put in its place, and ends the
	 * sessions that came in with that. If the server cannot be asked any more, it
	 * expires.
	 */
	void takeBack() {
		if (this.holders.isEmpty()) {
			return;
		}
		StringBuilder script = new StringBuilder();
		this.holders.forEach((schema) -> script.append(alter(schema)).append(" PASSWORD NULL VALID UNTIL 'now';\n"));
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(script.toString());
			statement.execute(SESSIONS.formatted(this.holders.stream()
				.map((schema) -> "'" + RoleNames.owner(schema).replace("'", "''") + "'")
				.collect(Collectors.joining(", "))));
			this.holders.clear();
		}
		catch (SQLException ex) {
			System.getLogger("skein").log(System.Logger.Level.DEBUG, "passwords are left to expire", ex);
		}
	}

	private static String alter(SchemaName schema) {
		return "ALTER ROLE " + Identifier.quote(RoleNames.owner(schema));
	}

	private String verifier() {
		if (this.verifier == null) {
			byte[] salt = new byte[SALT];
			new SecureRandom().nextBytes(salt);
			this.verifier = PasswordUtil.encodeScramSha256(this.password.value().toCharArray(), ITERATIONS, salt);
		}
		return this.verifier;
	}

	private String until() throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT (clock_timestamp() + interval '" + VALIDITY + "')::text")) {
			row.next();
			return row.getString(1);
		}
	}

}
