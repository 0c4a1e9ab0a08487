package dev.skein.cli;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code jdbc:postgresql://…}, {@code postgresql://…} and {@code postgres://…}.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS">PostgreSQL:
 * connection URIs</a>
 */
final class DatabaseUrl {

	private static final String HOST = "(?:\\[[^]]+]|[^:/?@,]*)(?::\\d{1,5})?";

	private static final Pattern URL = Pattern.compile("(?:jdbc:)?postgres(?:ql)?://(?:([^:@/?]*)(?::(.*))?@)?(" + HOST
			+ "(?:," + HOST + ")*)(?:/([^?]*))?(?:\\?(.*))?");

	/** libpq's names for options of the JDBC driver. */
	private static final Map<String, String> RENAMED = Map.of("connect_timeout", "connectTimeout", "application_name",
			"ApplicationName", "target_session_attrs", ServerList.TARGET, "require_auth", "requireAuth",
			"channel_binding", "channelBinding");

	/** What other tools write into DATABASE_URL for themselves. */
	private static final Set<String> FOREIGN = Set.of("schema", "connection_limit", "pool_timeout", "pgbouncer");

	private DatabaseUrl() {
	}

	/**
	 * The settings that a URL stands for.
	 * @param url the URL
	 * @param source what to call it in a report; the URL itself may hold a password and
	 * is never printed
	 * @return the settings
	 */
	static ConnectionSettings parse(String url, String source) {
		try {
			return read(url, source);
		}
		catch (IllegalArgumentException ex) {
			throw new UsageException(source + " has a % that is no escape",
					"write % as %25 and @ as %40 in user and password");
		}
	}

	/**
	 * The settings that an argument stands for, which must hold no password.
	 * @param url the URL
	 * @param option the option that it was given with
	 * @param instead how to give a password
	 */
	static ConnectionSettings withoutPassword(String url, String option, String instead) {
		ConnectionSettings settings = parse(url, option);
		if (settings.password() != null) {
			throw new UsageException(option + " holds a password, which everybody on this machine can read",
					"take it out, and " + instead);
		}
		return settings;
	}

	private static ConnectionSettings read(String url, String source) {
		Matcher matcher = URL.matcher(url.strip());
		if (!matcher.matches()) {
			throw new UsageException(source + " is not a PostgreSQL URL",
					"write jdbc:postgresql://HOST:PORT/DATABASE or postgresql://USER@HOST:PORT/DATABASE");
		}
		Map<String, String> options = options(matcher.group(5));
		if (options.containsKey("service")) {
			throw new UsageException(source + " names a service, but leaves no place for what that says",
					"give the service alone: PGSERVICE=" + options.get("service"));
		}
		String user = first(decode(matcher.group(1)), options.remove("user"));
		String password = first(decode(matcher.group(2)), options.remove("password"));
		String database = first(decode(matcher.group(4)), user);
		if (database == null) {
			throw new UsageException(source + " names no database", "add it: …://HOST:PORT/DATABASE");
		}
		return ServerList.ofUrl(matcher.group(3))
			.settings(database, user, (password == null) ? null : new Secret(password), options);
	}

	private static Map<String, String> options(@Nullable String query) {
		Map<String, String> options = new LinkedHashMap<>();
		if (query != null) {
			for (String pair : query.split("&", -1)) {
				int equals = pair.indexOf('=');
				String name = (equals < 0) ? pair : pair.substring(0, equals);
				if (!name.isEmpty() && !FOREIGN.contains(name)) {
					String value = (equals < 0) ? "true" : pair.substring(equals + 1);
					String option = RENAMED.getOrDefault(name, name);
					options.put(option, name.equals(option) ? String.valueOf(decode(value))
							: ServerList.option(option, String.valueOf(decode(value))));
				}
			}
		}
		return options;
	}

	private static @Nullable String first(@Nullable String one, @Nullable String other) {
		return (one != null && !one.isEmpty()) ? one : other;
	}

	/**
	 * Percent signs only: a plus is a plus here.
	 */
	private static @Nullable String decode(@Nullable String text) {
		return (text == null) ? null : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

}
