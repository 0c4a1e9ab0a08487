package dev.skein.migration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * How to reach a database.
 *
 * @param host the server's name or address
 * @param port its port
 * @param database the database's name
 * @param user who connects; {@code null} leaves it to the driver
 * @param password their password; {@code null} if none is needed
 * @param options further options of the JDBC driver, such as {@code sslmode}; they always
 * say {@code requireAuth} where the server is on another machine and TLS does not verify
 * it, so that it cannot ask for the password in clear text
 * @param embedded whether the server is the embedded one
 * @param others further servers of the same database, tried in this order where the first
 * is not to be had or not the one that is wanted; nearly always none
 */
public record ConnectionSettings(String host, int port, String database, @Nullable String user,
		@Nullable Secret password, Map<String, String> options, boolean embedded, List<Server> others) {

	/** PostgreSQL's port. */
	public static final int DEFAULT_PORT = 5432;

	public ConnectionSettings {
		others = List.copyOf(others);
		options = Map.copyOf(
				LoginMethods.in(options, Stream.concat(Stream.of(new Server(host, port)), others.stream()).toList()));
	}

	/**
	 * A database on one server.
	 * @param host the server's name or address
	 * @param port its port
	 * @param database the database's name
	 * @param user who connects; {@code null} leaves it to the driver
	 * @param password their password; {@code null} if none is needed
	 * @param options further options of the JDBC driver
	 * @param embedded whether the server is the embedded one
	 */
	public ConnectionSettings(String host, int port, String database, @Nullable String user, @Nullable Secret password,
			Map<String, String> options, boolean embedded) {
		this(host, port, database, user, password, options, embedded, List.of());
	}

	/**
	 * All servers, in the order in which they are tried.
	 * @return one or more
	 */
	public List<Server> servers() {
		return Stream.concat(Stream.of(new Server(this.host, this.port)), this.others.stream()).toList();
	}

	/**
	 * The same database, and one of its servers before the others.
	 * @param first the server that is tried first
	 * @return the settings
	 */
	public ConnectionSettings startingWith(Server first) {
		return new ConnectionSettings(first.host(), first.port(), this.database, this.user, this.password, this.options,
				this.embedded, servers().stream().filter((server) -> !server.equals(first)).toList());
	}

	/**
	 * The same server and user, another database.
	 * @param name the database's name
	 * @return the settings
	 */
	public ConnectionSettings withDatabase(String name) {
		return new ConnectionSettings(this.host, this.port, name, this.user, this.password, this.options, this.embedded,
				this.others);
	}

	/**
	 * The same database as another user.
	 * @param name the user; {@code null} leaves it to the driver
	 * @param secret their password; {@code null} if none is needed
	 * @return the settings
	 */
	public ConnectionSettings withUser(@Nullable String name, @Nullable Secret secret) {
		return new ConnectionSettings(this.host, this.port, this.database, name, secret, this.options, this.embedded,
				this.others);
	}

	/**
	 * The same database with a password.
	 * @param secret the password
	 * @return the settings
	 */
	public ConnectionSettings withPassword(Secret secret) {
		return new ConnectionSettings(this.host, this.port, this.database, this.user, secret, this.options,
				this.embedded, this.others);
	}

	/**
	 * The same database with other options.
	 * @param replaced options of the JDBC driver, instead of these
	 * @return the settings
	 */
	public ConnectionSettings withOptions(Map<String, String> replaced) {
		return new ConnectionSettings(this.host, this.port, this.database, this.user, this.password, replaced,
				this.embedded, this.others);
	}

	/**
	 * The same database for further sessions, which have to use TLS as an earlier one
	 * did: a program in between cannot make them do without.
	 * @return the settings; the same where they say themselves whether to use TLS
	 */
	public ConnectionSettings encrypted() {
		if (this.options.containsKey("sslmode") || this.options.containsKey("ssl")) {
			return this;
		}
		Map<String, String> encrypted = new HashMap<>(this.options);
		encrypted.put("sslmode", "require");
		return withOptions(encrypted);
	}

	/**
	 * Whether a password is given, and nothing makes sure that it is used with the server
	 * that it is meant for.
	 * @return {@code true} if so
	 */
	public boolean isPasswordAtRisk() {
		return this.password != null && LoginMethods.areOpen(this.options, servers());
	}

	/**
	 * What people call this database; safe to print.
	 * @return {@code "name" on host:port}, with all servers
	 */
	@Override
	public String toString() {
		return "\"" + this.database + "\" on "
				+ servers().stream().map(Server::toString).collect(Collectors.joining(", "));
	}

	/**
	 * A server.
	 *
	 * @param host its name or address
	 * @param port its port
	 */
	public record Server(String host, int port) {

		/**
		 * As a URL has it.
		 * @return {@code host:port}, an address of IPv6 in brackets
		 */
		@Override
		public String toString() {
			return (this.host.contains(":") ? "[" + this.host + "]" : this.host) + ":" + this.port;
		}

	}

}
