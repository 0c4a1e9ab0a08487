package dev.skein.program;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.skein.migration.ConnectionSettings;

/**
 * Says in libpq's environment variables how to reach a database. The password is in none
 * of the arguments, which everybody on the machine can read.
 *
 * @see <a href= "https://www.postgresql.org/docs/current/libpq-envars.html">PostgreSQL:
 * environment variables</a>
 */
public final class LibpqEnvironment {

	/**
	 * Options of the JDBC driver that libpq has, too. The others do not matter to it.
	 * Before version 16, libpq does not know PGREQUIREAUTH, and passes over it.
	 */
	private static final Map<String, String> VARIABLES = Map.ofEntries(Map.entry("sslmode", "PGSSLMODE"),
			Map.entry("sslrootcert", "PGSSLROOTCERT"), Map.entry("sslcert", "PGSSLCERT"),
			Map.entry("sslkey", "PGSSLKEY"), Map.entry("sslNegotiation", "PGSSLNEGOTIATION"),
			Map.entry("channelBinding", "PGCHANNELBINDING"), Map.entry("requireAuth", "PGREQUIREAUTH"),
			Map.entry("gssEncMode", "PGGSSENCMODE"), Map.entry("kerberosServerName", "PGKRBSRVNAME"),
			Map.entry("options", "PGOPTIONS"), Map.entry("connectTimeout", "PGCONNECT_TIMEOUT"));

	/** What the JDBC driver calls a kind of server, and what libpq does. */
	private static final Map<String, String> TARGETS = Map.of("any", "any", "secondary", "standby", "preferSecondary",
			"prefer-standby", "preferPrimary", "any");

	private LibpqEnvironment() {
	}

	private static String joined(ConnectionSettings settings, Function<ConnectionSettings.Server, String> part) {
		return settings.servers().stream().map(part).collect(Collectors.joining(","));
	}

	/**
	 * The surroundings without a database, and without what is between the user and
	 * Skein. Only the password file is the same one that the driver reads.
	 * @param surroundings the environment variables of this process
	 * @return those that a program gets
	 */
	public static Map<String, String> without(Map<String, String> surroundings) {
		Map<String, String> environment = new HashMap<>(surroundings);
		environment.keySet()
			.removeIf((name) -> (name.startsWith("PG") && !name.equals("PGPASSFILE")) || name.startsWith("SKEIN_")
					|| name.startsWith("SPRING_DATASOURCE_") || name.equals("DATABASE_URL"));
		return environment;
	}

	/**
	 * The surroundings with a database.
	 * @param settings how to reach it
	 * @param application what the program's sessions call themselves
	 * @param surroundings the environment variables of this process
	 * @return those that a program gets
	 */
	public static Map<String, String> of(ConnectionSettings settings, String application,
			Map<String, String> surroundings) {
		Map<String, String> environment = without(surroundings);
		environment.put("PGAPPNAME", application);
		environment.put("PGHOST", joined(settings, ConnectionSettings.Server::host));
		environment.put("PGPORT", joined(settings, (server) -> String.valueOf(server.port())));
		if (!settings.others().isEmpty()) {
			environment.put("PGTARGETSESSIONATTRS",
					TARGETS.getOrDefault(settings.options().getOrDefault("targetServerType", "primary"), "read-write"));
		}
		environment.put("PGDATABASE", settings.database());
		environment.put("PGCONNECT_TIMEOUT", "10");
		if (settings.user() != null) {
			environment.put("PGUSER", settings.user());
		}
		if (settings.password() != null) {
			environment.put("PGPASSWORD", settings.password().value());
		}
		options(settings).forEach((option, value) -> {
			String variable = VARIABLES.get(option);
			if (variable != null && !value.isEmpty()) {
				environment.put(variable, value);
			}
		});
		return environment;
	}

	/**
	 * The driver's {@code ssl=true} asks for a verified server, unless it is told to
	 * trust any.
	 */
	static Map<String, String> options(ConnectionSettings settings) {
		Map<String, String> driver = settings.options();
		Map<String, String> options = new LinkedHashMap<>(driver);
		if (Boolean.parseBoolean(driver.get("ssl"))) {
			boolean anybody = driver.getOrDefault("sslfactory", "").endsWith("NonValidatingFactory");
			options.putIfAbsent("sslmode", anybody ? "require" : "verify-full");
		}
		return options;
	}

}
