package dev.skein.schematest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.skein.PlatformTemplate;
import dev.skein.catalog.SchemaName;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Isolation;
import dev.skein.migration.RoleNames;
import dev.skein.migration.Secret;
import dev.skein.postgres.Postgres;
import dev.skein.postgres.PostgresTemplates;
import org.jspecify.annotations.Nullable;

/**
 * A server that gives databases to the tests of this JVM, from the first test that wants
 * one to the end of the JVM. Their names begin with a number that this JVM has locked on
 * the server: what a killed one left behind is known by its number being free.
 */
final class DatabaseServer {

	/** For several projects and branches; each takes about as much as one database. */
	private static final int TEMPLATES = 10;

	/** "sktl" in ASCII: the first key of the locks that say which JVMs live. */
	private static final int JVMS = 0x736b746c;

	/** "skte" in ASCII: while roles are made. */
	private static final int ROLES = 0x736b7465;

	private static final String PREFIX = "skein_test_";

	private static final String LEFT = """
			SELECT datname, split_part(datname, '_', 3)::int FROM pg_database
			WHERE datname ~ '^skein_test_[0-9]{1,9}_[0-9]+$'""";

	private static final Map<String, DatabaseServer> RUNNING = new HashMap<>();

	private final Host host;

	private final Connection connection;

	private final PostgresTemplates templates;

	private final Map<Request, PlatformTemplate> platforms = new HashMap<>();

	private final List<String> databases = new ArrayList<>();

	/** Those that have their password. */
	private final Set<String> users = new HashSet<>();

	private final int number;

	private int next;

	private DatabaseServer(Host host) throws SQLException {
		this.host = host;
		this.connection = Postgres.dataSource(host.settings("postgres")).getConnection();
		this.templates = PostgresTemplates.on(host.settings("postgres"), TEMPLATES);
		this.number = lockNumber();
		dropLeftovers();
		Runtime.getRuntime().addShutdownHook(new Thread(this::close, "skein-schema-test"));
	}

	/**
	 * The server that a test asks for, started where it is the first.
	 */
	static synchronized DatabaseServer of(Request request) {
		String key = request.server()
				+ ((request.server() == MigratedDatabase.Server.CONTAINER) ? request.image() : "");
		DatabaseServer server = RUNNING.get(key);
		if (server == null) {
			Host host = switch (request.server()) {
				case EMBEDDED -> Host.embedded();
				case CONTAINER -> Host.container(request.image());
			};
			try {
				server = new DatabaseServer(host);
			}
			catch (SQLException ex) {
				host.close();
				throw new IllegalStateException("the server of the tests cannot be used: " + ex.getMessage(), ex);
			}
			RUNNING.put(key, server);
		}
		return server;
	}

	/**
	 * Makes a database.
	 */
	synchronized Lease lease(Request request) {
		this.next++;
		String name = PREFIX + this.number + "_" + this.next;
		fill(name, request);
		this.databases.add(name);
		SchemaName schema = request.schema();
		ConnectionSettings settings = this.host.settings(name);
		String password = (settings.password() == null) ? null : settings.password().value();
		String superuser = String.valueOf(settings.user());
		TestDatabase database = (schema == null)
				? new TestDatabase(url(settings, ""), superuser, password, superuser, password)
				: new TestDatabase(
						url(settings,
								"?currentSchema="
										+ URLEncoder.encode(schema.quoted() + ",extensions", StandardCharsets.UTF_8)),
						user(schema), testerPassword(), superuser, password);
		return new Lease(this, request, name, database);
	}

	/**
	 * Drops a database and creates it again. All its sessions end.
	 */
	synchronized void renew(String name, Request request) {
		drop(name);
		fill(name, request);
	}

	/**
	 * Drops a database for good.
	 */
	synchronized void end(String name) {
		if (this.databases.remove(name)) {
			drop(name);
		}
	}

	private void fill(String name, Request request) {
		try {
			this.platforms
				.computeIfAbsent(request, (one) -> new PlatformTemplate(this.templates, one.plan(), Isolation.ROLES))
				.copyTo(name);
		}
		catch (CannotStartException ex) {
			throw new IllegalStateException(ex.getMessage() + ((ex.hint() == null) ? "" : "\n  " + ex.hint()), ex);
		}
	}

	/**
	 * A user with the service's rights. Users are the server's, for all its databases.
	 */
	private String user(SchemaName schema) {
		String user = RoleNames.tester(schema);
		String role = RoleNames.application(schema);
		try {
			ask("SELECT true FROM pg_advisory_lock(?)", ROLES);
			try {
				if (!ask("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = ?)", user)) {
					execute("CREATE ROLE " + quote(user) + " LOGIN");
				}
				if (this.users.add(user)) {
					// An older Skein gave it a password that all of this machine know.
					execute("ALTER ROLE " + quote(user) + " PASSWORD '" + testerPassword() + "'");
				}
				if (!ask("SELECT pg_has_role(?, ?, 'MEMBER')", user, role)) {
					execute("GRANT " + quote(role) + " TO " + quote(user));
				}
			}
			finally {
				ask("SELECT pg_advisory_unlock(?)", ROLES);
			}
			return user;
		}
		catch (SQLException ex) {
			throw refused(ex);
		}
	}

	/**
	 * The same in all JVMs that share the server, and known to those only who know the
	 * superuser's, which cannot be told from it.
	 */
	private String testerPassword() {
		Secret known = this.host.settings("postgres").password();
		return (known == null) ? "test" : HexFormat.of().formatHex(new Secret("tester " + known.value()).digest());
	}

	private int lockNumber() throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT pg_backend_pid(), pg_advisory_lock(" + JVMS + ", pg_backend_pid())")) {
			row.next();
			return row.getInt(1);
		}
	}

	private void dropLeftovers() throws SQLException {
		Map<String, Integer> left = new HashMap<>();
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(LEFT)) {
			while (row.next()) {
				left.put(row.getString(1), row.getInt(2));
			}
		}
		for (Map.Entry<String, Integer> database : left.entrySet()) {
			// No running process has this number, whichever had it before.
			if (ask("SELECT pg_try_advisory_lock(?, ?)", JVMS, database.getValue())) {
				drop(database.getKey());
				ask("SELECT pg_advisory_unlock(?, ?)", JVMS, database.getValue());
			}
		}
	}

	private synchronized void close() {
		try {
			List.copyOf(this.databases).forEach(this::end);
			this.templates.close();
			this.connection.close();
		}
		catch (SQLException | IllegalStateException ex) {
			// The server is gone; the next JVM drops what is left.
		}
		finally {
			this.host.close();
		}
	}

	private void drop(String name) {
		try {
			execute("DROP DATABASE IF EXISTS " + quote(name) + " WITH (FORCE)");
		}
		catch (SQLException ex) {
			throw refused(ex);
		}
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private boolean ask(String question, Object... parameters) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(question)) {
			for (int i = 0; i < parameters.length; i++) {
				statement.setObject(i + 1, parameters[i]);
			}
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getBoolean(1);
			}
		}
	}

	private static IllegalStateException refused(SQLException cause) {
		return new IllegalStateException("the server of the tests refuses: " + cause.getMessage(), cause);
	}

	private static String url(ConnectionSettings settings, String options) {
		return "jdbc:postgresql://" + settings.host() + ":" + settings.port() + "/" + settings.database() + options;
	}

	private static String quote(@Nullable String name) {
		return '"' + String.valueOf(name).replace("\"", "\"\"") + '"';
	}

}
