package dev.skein.postgres;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
	private static final Duration VALIDITY = Duration.ofMinutes(5);

	/**
	 * Iterations make short passwords long to guess. This one has 256 random bits, and
	 * each service would wait for them.
	 */
	private static final int ITERATIONS = 1;

	/** What every driver accepts. */
	private static final int COMMON_ITERATIONS = 4096;

	private static final int SALT = 16;

	/**
	 * In every database of the server, which all share the roles, but for one in which
	 * another run goes on: the lock there is held by a role that can make roles.
	 */
	private static final String SESSIONS = """
			SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a
			WHERE a.usename = ANY (?) AND (a.datname = current_database() OR NOT EXISTS (
			    SELECT FROM pg_locks l JOIN pg_stat_activity h ON h.pid = l.pid JOIN pg_roles r ON r.oid = h.usesysid
			    WHERE %s AND l.database = a.datid AND (r.rolcreaterole OR r.rolsuper)))""".formatted(AdvisoryLock.HELD);

	private static final String UNLIMITED = """
			SELECT rolname FROM pg_roles WHERE rolname = ANY (?) AND rolvaliduntil IS NULL""";

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

	boolean isGiven() {
		return !this.holders.isEmpty();
	}

	boolean isGivenTo(SchemaName schema) {
		return this.holders.contains(schema);
	}

	/**
	 * Gives it to the owners of some schemas, all or none.
	 */
	synchronized void giveTo(Collection<SchemaName> schemas) throws SQLException {
		if (this.verifier == null) {
			this.verifier = verifier(this.password);
		}
		admit(schemas, this.verifier, VALIDITY);
	}

	/**
	 * Gives the owner of a schema another password, for a program that is not Skein's:
	 * with that of the run it could log in as other owners, too. Sessions that an earlier
	 * program of a killed run left behind are ended.
	 */
	synchronized Secret lendTo(SchemaName schema, Duration validity) throws SQLException {
		Secret secret = Secret.random();
		endSessions(List.of(schema));
		admit(List.of(schema), verifier(secret, COMMON_ITERATIONS), validity);
		return secret;
	}

	/**
	 * Takes it away again, with whatever a service put in its place, and ends the
	 * sessions that came in with that. If the server cannot be asked any more, it
	 * expires.
	 * @param others schemas whose owners need none, but may have given themselves one
	 */
	void takeBackAll(Set<SchemaName> others) {
		Set<SchemaName> schemas = new HashSet<>(this.holders);
		try {
			if (!others.isEmpty()) {
				schemas.addAll(withoutLimit(others));
				endSessions(others);
			}
		}
		catch (SQLException ex) {
			leftToExpire(ex);
		}
		takeBack(schemas);
	}

	/**
	 * Owners whose passwords would be good for ever. A role cannot change that itself.
	 */
	private List<SchemaName> withoutLimit(Collection<SchemaName> schemas) throws SQLException {
		Set<String> unlimited = new HashSet<>();
		try (PreparedStatement statement = this.connection.prepareStatement(UNLIMITED)) {
			statement.setArray(1, this.connection.createArrayOf("text", owners(schemas)));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					unlimited.add(row.getString(1));
				}
			}
		}
		return schemas.stream().filter((schema) -> unlimited.contains(RoleNames.owner(schema))).toList();
	}

	synchronized void takeBack(Collection<SchemaName> schemas) {
		if (schemas.isEmpty()) {
			return;
		}
		StringBuilder script = new StringBuilder();
		schemas.forEach((schema) -> script.append(alter(schema)).append(" PASSWORD NULL VALID UNTIL 'now';\n"));
		try (Statement statement = PlainStatement.on(this.connection)) {
			statement.execute(script.toString());
			endSessions(schemas);
			this.holders.removeAll(schemas);
		}
		catch (SQLException ex) {
			leftToExpire(ex);
		}
	}

	private static void leftToExpire(SQLException cause) {
		System.getLogger("skein").log(System.Logger.Level.DEBUG, "passwords are left to expire", cause);
	}

	/**
	 * Settings that a role made for itself could keep it from logging in, here or in
	 * another database.
	 */
	private void admit(Collection<SchemaName> schemas, String secret, Duration validity) throws SQLException {
		String database = Identifier.quote(this.connection.getCatalog());
		new SharedCatalog(this.connection).change(() -> {
			String until = until(validity);
			StringBuilder script = new StringBuilder();
			for (SchemaName schema : schemas) {
				String role = alter(schema);
				script.append(role + " PASSWORD '" + secret + "' VALID UNTIL '" + until + "';\n")
					.append(role + " RESET ALL;\n")
					.append(role + " IN DATABASE " + database + " RESET ALL;\n")
					.append(role + " IN DATABASE " + database + " SET search_path = " + Identifier.quote(schema) + ", "
							+ SchemaBootstrap.EXTENSIONS + ";\n");
			}
			return script.toString();
		});
		this.holders.addAll(schemas);
	}

	private void endSessions(Collection<SchemaName> schemas) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(SESSIONS)) {
			statement.setArray(1, this.connection.createArrayOf("text", owners(schemas)));
			statement.execute();
		}
	}

	private static String[] owners(Collection<SchemaName> schemas) {
		return schemas.stream().map(RoleNames::owner).toArray(String[]::new);
	}

	private static String alter(SchemaName schema) {
		return "ALTER ROLE " + Identifier.quote(RoleNames.owner(schema));
	}

	/**
	 * What the server gets of a random password.
	 */
	static String verifier(Secret secret) {
		return verifier(secret, ITERATIONS);
	}

	private static String verifier(Secret secret, int iterations) {
		byte[] salt = new byte[SALT];
		new SecureRandom().nextBytes(salt);
		return PasswordUtil.encodeScramSha256(secret.value().toCharArray(), iterations, salt);
	}

	private String until(Duration validity) throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT (clock_timestamp() + interval '" + validity.toSeconds() + "s')::text")) {
			row.next();
			return row.getString(1);
		}
	}

}
