package dev.skein.migration;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How to reach a database.
 *
 * @param host the server's name or address
 * @param port its port
 * @param database the database's name
 * @param user who connects; {@code null} leaves it to the driver
 * @param password their password; {@code null} if none is needed
 * @param options further options of the JDBC driver, such as {@code sslmode}
 * @param embedded whether the server is the embedded one
 */
public record ConnectionSettings(String host, int port, String database, @Nullable String user,
		@Nullable Secret password, Map<String, String> options, boolean embedded) {

	/** PostgreSQL's port. */
	public static final int DEFAULT_PORT = 5432;

	public ConnectionSettings {
		options = Map.copyOf(options);
	}

	/**
	 * The same server and user, another database.
	 * @param name the database's name
	 * @return the settings
	 */
	public ConnectionSettings withDatabase(String name) {
		return new ConnectionSettings(this.host, this.port, name, this.user, this.password, this.options,
				this.embedded);
	}

	/**
	 * The same database as another user.
	 * @param name the user; {@code null} leaves it to the driver
	 * @param secret their password; {@code null} if none is needed
	 * @return the settings
	 */
	public ConnectionSettings withUser(@Nullable String name, @Nullable Secret secret) {
		return new ConnectionSettings(this.host, this.port, this.database, name, secret, this.options, this.embedded);
	}

	/**
	 * The same database with a password.
	 * @param secret the password
	 * @return the settings
	 */
	public ConnectionSettings withPassword(Secret secret) {
		return new ConnectionSettings(this.host, this.port, this.database, this.user, secret, this.options,
				this.embedded);
	}

	/**
	 * The same database with other options.
	 * @param others options of the JDBC driver, instead of these
	 * @return the settings
	 */
	public ConnectionSettings withOptions(Map<String, String> others) {
		return new ConnectionSettings(this.host, this.port, this.database, this.user, this.password, others,
				this.embedded);
	}

	/**
	 * What people call this database; safe to print.
	 * @return {@code "name" on host:port}
	 */
	@Override
	public String toString() {
		String address = this.host.contains(":") ? "[" + this.host + "]" : this.host;
		return "\"" + this.database + "\" on " + address + ":" + this.port;
	}

}
