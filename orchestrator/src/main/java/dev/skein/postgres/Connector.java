package dev.skein.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import javax.sql.DataSource;

import dev.skein.migration.CannotStartException;
import dev.skein.migration.ConnectionSettings;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.jdbc.PreferQueryMode;
import org.postgresql.util.HostSpec;

/**
 * Connects, waits for a server that does not answer yet, and creates the database where
 * that was asked for.
 */
final class Connector {

	private static final Duration PAUSE = Duration.ofMillis(250);

	private final ConnectionSettings settings;

	private final Duration wait;

	private final Consumer<String> progress;

	Connector(ConnectionSettings settings, Duration wait, Consumer<String> progress) {
		this.settings = settings;
		this.wait = wait;
		this.progress = progress;
	}

	static DataSource dataSource(ConnectionSettings settings) {
		PGSimpleDataSource source = new PGSimpleDataSource();
		List<ConnectionSettings.Server> servers = settings.servers();
		source.setServerNames(servers.stream().map(ConnectionSettings.Server::host).toArray(String[]::new));
		source.setPortNumbers(servers.stream().mapToInt(ConnectionSettings.Server::port).toArray());
		source.setDatabaseName(settings.database());
		if (settings.user() != null) {
			source.setUser(settings.user());
		}
		if (settings.password() != null) {
			source.setPassword(settings.password().value());
		}
		source.setApplicationName("skein");
		// Sends it with the password, and not in a statement of its own.
		source.setAssumeMinServerVersion("9.4");
		source.setConnectTimeout(10);
		source.setTcpKeepAlive(true);
		// Plain statements go as they are: the driver would take whole scripts apart,
		// wrongly where a body is no string.
		source.setPreferQueryMode(PreferQueryMode.EXTENDED_FOR_PREPARED);
		try {
			// The server itself sees to it that what it prepared is still right.
			source.setProperty(PGProperty.FLUSH_CACHE_ON_DDL, "false");
			if (servers.size() > 1) {
				// Files change what only a primary lets change.
				source.setProperty(PGProperty.TARGET_SERVER_TYPE, "primary");
				// One that did not answer a moment ago may do so now.
				source.setProperty(PGProperty.HOST_RECHECK_SECONDS, "0");
			}
			for (var option : settings.options().entrySet()) {
				if (PGProperty.forName(option.getKey()) == null) {
					throw ConnectionFailure.unknownOption(settings, option.getKey());
				}
				source.setProperty(option.getKey(), option.getValue());
			}
		}
		catch (SQLException ex) {
			throw ConnectionFailure.of(settings, ex);
		}
		return source;
	}

	/**
	 * The settings with which further sessions come to the same server as this one.
	 */
	static ConnectionSettings of(Connection connection, ConnectionSettings settings) {
		if (settings.others().isEmpty()) {
			return settings;
		}
		try {
			HostSpec used = connection.unwrap(PgConnection.class).getQueryExecutor().getHostSpec();
			return settings.startingWith(new ConnectionSettings.Server(used.getHost(), used.getPort()));
		}
		catch (SQLException ex) {
			throw ConnectionFailure.of(settings, ex);
		}
	}

	Connection connect() {
		try {
			return connectOnce(this.settings);
		}
		catch (SQLException ex) {
			throw failure(ex);
		}
	}

	Connection connectOrCreate() {
		try {
			return connectOnce(this.settings);
		}
		catch (SQLException ex) {
			if (!ConnectionFailure.UNKNOWN_DATABASE.equals(ex.getSQLState())) {
				throw failure(ex);
			}
		}
		ConnectionSettings maintenance = this.settings.withDatabase("postgres");
		try (Connection connection = connectOnce(maintenance); Statement statement = connection.createStatement()) {
			statement.execute("CREATE DATABASE " + Identifier.quote(this.settings.database()));
			this.progress.accept("Created database " + this.settings);
		}
		catch (SQLException ex) {
			// Somebody else may have created it in between, or just be doing so.
			if (!ConnectionFailure.DUPLICATE_DATABASE.equals(ex.getSQLState())
					&& !ConnectionFailure.DUPLICATE_KEY.equals(ex.getSQLState())) {
				throw ConnectionFailure.notCreated(this.settings, ex);
			}
		}
		return connect();
	}

	private CannotStartException failure(SQLException cause) {
		return (ConnectionFailure.mayPass(cause) && !this.wait.isZero())
				? ConnectionFailure.waitedInVain(this.settings, this.wait, cause)
				: ConnectionFailure.of(this.settings, cause);
	}

	private Connection connectOnce(ConnectionSettings target) throws SQLException {
		DataSource source = dataSource(target);
		Instant deadline = Instant.now().plus(this.wait);
		boolean said = false;
		while (true) {
			try {
				return source.getConnection();
			}
			catch (SQLException ex) {
				if (!ConnectionFailure.mayPass(ex) || Instant.now().plus(PAUSE).isAfter(deadline)) {
					throw ex;
				}
				if (!said) {
					this.progress.accept("Waiting up to " + this.wait.toSeconds() + " s for " + target + ": "
							+ ConnectionFailure.reason(ex));
					said = true;
				}
				pause(ex);
			}
		}
	}

	private static void pause(SQLException cause) throws SQLException {
		try {
			Thread.sleep(PAUSE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw cause;
		}
	}

}
