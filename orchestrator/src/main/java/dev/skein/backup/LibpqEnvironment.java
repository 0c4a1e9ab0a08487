package dev.skein.backup;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.skein.migration.ConnectionSettings;

/**
 * Says in libpq's environment variables how to reach a database. The password is in none
 * of the arguments, which everybody on the machine can read.
 *
 * @see <a href= "https://www.postgresql.org/docs/current/libpq-envars.html">PostgreSQL:
 * environment variables</a>
 */
final class LibpqEnvironment {

	/** What the programs' sessions call themselves. */
	static final String APPLICATION = "skein backup";

	/**
	 * Options of the JDBC driver that libpq has, too. The others do not matter to it.
	 */
	private static final Map<String, String> VARIABLES = Map.of("sslmode", "PGSSLMODE", "sslrootcert", "PGSSLROOTCERT",
			"sslcert", "PGSSLCERT", "sslkey", "PGSSLKEY", "sslNegotiation", "PGSSLNEGOTIATION", "channelBinding",
			"PGCHANNELBINDING", "gssEncMode", "PGGSSENCMODE", "kerberosServerName", "PGKRBSRVNAME", "options",
			"PGOPTIONS", "connectTimeout", "PGCONNECT_TIMEOUT");

	private LibpqEnvironment() {
	}

	/**
	 * The surroundings without a database: the user's own PostgreSQL settings are not for
	 * us. Only the password file is the same one that the driver reads.
	 */
	static Map<String, String> without(Map<String, String> surroundings) {
		Map<String, String> environment = new HashMap<>(surroundings);
		environment.keySet().removeIf((name) -> name.startsWith("PG") && !name.equals("PGPASSFILE"));
		environment.remove("SKEIN_PASSWORD");
		environment.put("LC_ALL", "C");
		return environment;
	}

	static Map<String, String> of(ConnectionSettings settings, Map<String, String> surroundings) {
		Map<String, String> environment = without(surroundings);
		environment.put("PGAPPNAME", APPLICATION);
		environment.put("PGHOST", settings.host());
		environment.put("PGPORT", String.valueOf(settings.port()));
		environment.put("PGDATABASE", settings.database());
		environment.put("PGCONNECT_TIMEOUT", "10");
		if (settings.user() != null) {
			environment.put("PGUSER", settings.user());
		}
		if (settings.password() != null) {
			environment.put("PGPASSWORD", settings.password().value());
		}
		options(settings.options()).forEach((option, value) -> {
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
	private static Map<String, String> options(Map<String, String> driver) {
		Map<String, String> options = new LinkedHashMap<>(driver);
		if (Boolean.parseBoolean(driver.get("ssl"))) {
			boolean anybody = driver.getOrDefault("sslfactory", "").endsWith("NonValidatingFactory");
			options.putIfAbsent("sslmode", anybody ? "require" : "verify-full");
		}
		return options;
	}

}
