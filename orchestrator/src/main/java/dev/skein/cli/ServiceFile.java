package dev.skein.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Reads the group of libpq's connection service file that {@code PGSERVICE} names. The
 * JDBC driver reads such files as well, but refuses a group that has names which only
 * libpq knows, such as {@code connect_timeout}.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/libpq-pgservice.html">PostgreSQL: the
 * connection service file</a>
 */
final class ServiceFile {

	/** What a group may say, and the variable that says the same. */
	private static final Map<String, String> VARIABLES = Map.ofEntries(Map.entry("host", "PGHOST"),
			Map.entry("port", "PGPORT"), Map.entry("dbname", "PGDATABASE"), Map.entry("user", "PGUSER"),
			Map.entry("password", "PGPASSWORD"), Map.entry("sslmode", "PGSSLMODE"),
			Map.entry("sslrootcert", "PGSSLROOTCERT"), Map.entry("sslcert", "PGSSLCERT"),
			Map.entry("sslkey", "PGSSLKEY"), Map.entry("require_auth", "PGREQUIREAUTH"),
			Map.entry("channel_binding", "PGCHANNELBINDING"),
			Map.entry("target_session_attrs", "PGTARGETSESSIONATTRS"));

	/** What changes neither which server it is nor how it is trusted. */
	private static final Set<String> LEFT_OUT = Set.of("application_name", "fallback_application_name",
			"client_encoding", "connect_timeout", "keepalives", "keepalives_idle", "keepalives_interval",
			"keepalives_count", "tcp_user_timeout", "options");

	private ServiceFile() {
	}

	/**
	 * The environment in which the group's settings stand before the variables, as with
	 * libpq.
	 * @param environment the environment variables
	 * @return the same, where no service is named
	 * @throws UsageException if the service is in no file, or says what cannot be
	 * followed
	 */
	static Map<String, String> over(Map<String, String> environment) {
		String name = environment.get("PGSERVICE");
		if (name == null) {
			return environment;
		}
		List<Path> files = files(environment);
		for (Path file : files) {
			Map<String, String> group = group(file, name);
			if (group != null) {
				Map<String, String> all = new HashMap<>(environment);
				group.forEach((key, value) -> {
					if (VARIABLES.containsKey(key)) {
						all.put(VARIABLES.get(key), value);
					}
				});
				return all;
			}
		}
		throw new UsageException(
				"service \"" + name + "\" of PGSERVICE is in no connection service file: "
						+ String.join(", ", files.stream().map(Path::toString).toList()),
				"add a group [" + name + "] there, or name another file with PGSERVICEFILE");
	}

	private static List<Path> files(Map<String, String> environment) {
		String own = environment.get("PGSERVICEFILE");
		String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
		String system = environment.get("PGSYSCONFDIR");
		return Stream
			.of((own != null) ? Path.of(own) : Path.of(home, ".pg_service.conf"),
					(system != null) ? Path.of(system, "pg_service.conf") : null)
			.filter(Objects::nonNull)
			.toList();
	}

	private static @Nullable Map<String, String> group(Path file, String name) {
		if (!Files.exists(file)) {
			return null;
		}
		Map<String, String> group = null;
		int number = 0;
		for (String raw : lines(file)) {
			number++;
			String line = raw.strip();
			if (line.isEmpty() || line.startsWith("#")) {
				continue;
			}
			if (line.startsWith("[")) {
				if (group != null) {
					return group;
				}
				group = line.equals("[" + name + "]") ? new HashMap<>() : null;
			}
			else if (group != null) {
				add(group, line, file + ", line " + number);
			}
		}
		return group;
	}

	/**
	 * The first of two values counts.
	 */
	private static void add(Map<String, String> group, String line, String where) {
		int equals = line.indexOf('=');
		String key = (equals < 0) ? line : line.substring(0, equals);
		if (equals < 0) {
			throw new UsageException("no setting in " + where, "write it as key=value, without blanks around =");
		}
		if (!VARIABLES.containsKey(key) && !LEFT_OUT.contains(key)) {
			throw new UsageException("\"" + key + "\" in " + where + " is not followed by Skein",
					"give the database with --url, where the JDBC driver's options may be written; a service may say "
							+ String.join(", ", VARIABLES.keySet().stream().sorted().toList()));
		}
		group.putIfAbsent(key, line.substring(equals + 1));
	}

	private static List<String> lines(Path file) {
		try {
			return Files.readAllLines(file, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UsageException("connection service file " + file + " cannot be read: " + ex,
					"let this user read it, or name another one with PGSERVICEFILE");
		}
	}

}
