package dev.skein.postgres;

import java.security.Security;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Calendar;
import java.util.function.Consumer;

import javax.sql.DataSource;

import dev.skein.migration.CannotStartException;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.VersionWatch;
import org.postgresql.Driver;
import org.postgresql.core.ServerVersion;
import org.postgresql.util.PasswordUtil;

/**
 * Opens PostgreSQL databases.
 */
public final class Postgres {

	private Postgres() {
	}

	/**
	 * Loads on another core what the first connection takes, while this one still reads
	 * what to do: the driver, the cryptography of a password, and a calendar.
	 */
	public static void getReady() {
		Thread thread = new Thread(() -> {
			askForPasswordsFirst();
			new Driver();
			ServerVersion.from("17");
			Calendar.getInstance();
			// Often enough to be compiled
			PasswordUtil.encodeScramSha256(new char[] { '?' }, 256, new byte[16]);
		}, "skein-driver");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * The JVM asks its providers of cryptography in their order, and for a password it
	 * would first make those of signatures and TLS with all their elliptic curves, a
	 * twentieth of an ordinary start. They have no algorithm in common with the one that
	 * comes before them here. An order that somebody chose is left as it is.
	 */
	private static void askForPasswordsFirst() {
		String second = "security.provider.2";
		String fifth = "security.provider.5";
		if ("SunRsaSign".equals(Security.getProperty(second)) && "SunJCE".equals(Security.getProperty(fifth))) {
			Security.setProperty(second, "SunJCE");
			Security.setProperty(fifth, "SunRsaSign");
		}
	}

	/**
	 * Connects to a database.
	 * @param settings how to reach it
	 * @param wait how long to wait for a server that does not answer yet
	 * @param create whether to create the database where it does not exist
	 * @param progress takes what a person waiting wants to know
	 * @return the database, to be closed by the caller
	 * @throws CannotStartException if there is no connection to be had, or the server is
	 * too old
	 */
	public static PostgresDatabase connect(ConnectionSettings settings, Duration wait, boolean create,
			Consumer<String> progress) {
		Connector connector = new Connector(settings, wait, progress);
		Connection connection = create ? connector.connectOrCreate() : connector.connect();
		return PostgresDatabase.on(connection, Connector.of(connection, settings));
	}

	/**
	 * The connections that migrations run on, each new.
	 * @param settings how to reach the database
	 * @return the source of connections
	 */
	public static DataSource dataSource(ConnectionSettings settings) {
		return Connector.dataSource(settings);
	}

	/**
	 * Watches the versions in a database that need not be there yet.
	 * @param settings how to reach it
	 * @return the watch, to be closed by the caller
	 */
	public static VersionWatch watch(ConnectionSettings settings) {
		return new VersionQuery(settings);
	}

	/**
	 * A database on a source of connections that somebody else configured.
	 * @param source the source
	 * @param settings what to call the database
	 * @return the database, to be closed by the caller
	 * @throws CannotStartException if there is no connection to be had
	 */
	public static PlatformDatabase connect(DataSource source, ConnectionSettings settings) {
		try {
			return PostgresDatabase.on(source.getConnection(), settings);
		}
		catch (SQLException ex) {
			throw ConnectionFailure.of(settings, ex);
		}
	}

}
