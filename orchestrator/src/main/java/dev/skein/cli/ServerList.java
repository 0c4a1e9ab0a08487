package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one database, as a URL or libpq's variables list them with commas.
 *
 * @param servers one or more, in the order in which they are tried
 * @see <a href=
 * "https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-MULTIPLE-HOSTS">PostgreSQL:
 * specifying multiple hosts</a>
 */
record ServerList(List<ConnectionSettings.Server> servers) {

	/** The JDBC driver's name for which of several servers is wanted. */
	static final String TARGET = "targetServerType";

	private static final String LOCAL = "localhost";

	/** What libpq calls a kind of server, and what the JDBC driver does. */
	private static final Map<String, String> TARGETS = Map.of("any", "any", "read-write", "primary", "primary",
			"primary", "read-only", "secondary", "standby", "secondary", "prefer-standby", "preferSecondary");

	/**
	 * Reads the part of a URL between the slashes.
	 * @param text hosts, each with its port behind a colon or without one
	 */
	static ServerList ofUrl(String text) {
		List<ConnectionSettings.Server> servers = new ArrayList<>();
		for (String server : text.split(",", -1)) {
			int colon = server.lastIndexOf(':');
			boolean port = colon > server.lastIndexOf(']');
			String host = (port ? server.substring(0, colon) : server).replaceAll("[\\[\\]]", "");
			servers.add(server(host, port ? server.substring(colon + 1) : ""));
		}
		return new ServerList(servers);
	}

	/**
	 * Reads {@code PGHOST} and {@code PGPORT}: a port for each host, or one for all.
	 */
	static ServerList ofVariables(String hosts, String ports) {
		String[] names = hosts.split(",", -1);
		String[] numbers = ports.split(",", -1);
		for (String number : numbers) {
			if (!number.matches("\\d{0,5}") || ports.isEmpty()) {
				throw new UsageException("PGPORT is not a port: \"" + number + "\"", "set it to a number such as 5432");
			}
		}
		if (numbers.length != 1 && numbers.length != names.length) {
			throw new UsageException("PGHOST has " + names.length + " hosts, but PGPORT " + numbers.length + " ports",
					"set PGPORT to one port for all, or to one for each host");
		}
		List<ConnectionSettings.Server> servers = new ArrayList<>();
		for (int i = 0; i < names.length; i++) {
			servers.add(server(names[i].strip(), numbers[(numbers.length == 1) ? 0 : i]));
		}
		return new ServerList(servers);
	}

	private static ConnectionSettings.Server server(String host, String port) {
		return new ConnectionSettings.Server(host.isEmpty() ? LOCAL : host,
				port.isEmpty() ? ConnectionSettings.DEFAULT_PORT : Integer.parseInt(port));
	}

	/**
	 * An option of libpq as the JDBC driver has it.
	 * @param name the driver's name of the option
	 * @param value libpq's value
	 * @return the driver's value
	 */
	static String option(String name, String value) {
		if (!name.equals(TARGET)) {
			return value;
		}
		String target = TARGETS.get(value);
		if (target == null) {
			throw new UsageException("target_session_attrs is not \"" + value + "\"",
					"write any, read-write, primary, standby, read-only or prefer-standby");
		}
		return target;
	}

	ConnectionSettings settings(String database, @Nullable String user, @Nullable Secret password,
			Map<String, String> options) {
		ConnectionSettings.Server first = this.servers.get(0);
		return new ConnectionSettings(first.host(), first.port(), database, user, password, options, false,
				this.servers.subList(1, this.servers.size()));
	}

}
