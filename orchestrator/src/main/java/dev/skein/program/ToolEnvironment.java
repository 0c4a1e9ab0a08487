package dev.skein.program;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Timeouts;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.RoleNames;

/**
 * Tells a foreign tool its service, and where its database is, in every way that tools
 * understand: {@code DATABASE_URL} and libpq's variables.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS">PostgreSQL:
 * connection URIs</a>
 */
final class ToolEnvironment {

	/** Options of the driver that belong into a URL for others, too. */
	private static final List<String> IN_URL = List.of("sslmode", "sslrootcert", "options");

	private ToolEnvironment() {
	}

	static Map<String, String> of(ServiceDefinition service, ConnectionSettings login,
			Map<String, String> surroundings) {
		ConnectionSettings settings = settings(service, login);
		Map<String, String> environment = LibpqEnvironment.of(settings, "skein " + service.name(), surroundings);
		if (settings.password() != null) {
			environment.remove("PGPASSFILE");
		}
		environment.put("DATABASE_URL", url(settings));
		environment.put("SKEIN_SERVICE", service.name().value());
		environment.put("SKEIN_SCHEMA", service.schema().value());
		return environment;
	}

	/**
	 * The login with what holds for the service. The search path of its own role is a
	 * setting of that role, which passes through any pooler; for the given user it has to
	 * be said.
	 */
	private static ConnectionSettings settings(ServiceDefinition service, ConnectionSettings login) {
		Map<String, String> options = new HashMap<>(LibpqEnvironment.options(login));
		options.computeIfPresent("sslrootcert", (name, file) -> Path.of(file).toAbsolutePath().toString());
		List<String> settings = new ArrayList<>();
		if (options.containsKey("options")) {
			settings.add(options.get("options"));
		}
		if (!RoleNames.owner(service.schema()).equals(login.user())) {
			settings.add("-c search_path=" + path(service.schema()));
		}
		Timeouts timeouts = service.timeouts();
		if (!timeouts.lock().isZero()) {
			settings.add("-c lock_timeout=" + timeouts.lock().toMillis());
		}
		if (!timeouts.statement().isZero()) {
			settings.add("-c statement_timeout=" + timeouts.statement().toMillis());
		}
		if (!settings.isEmpty()) {
			options.put("options", String.join(" ", settings));
		}
		return new ConnectionSettings(login.host(), login.port(), login.database(), login.user(), login.password(),
				options, login.embedded());
	}

	/**
	 * In an option a blank would end it, and a backslash takes the next character as it
	 * is.
	 */
	private static String path(SchemaName schema) {
		return (schema.quoted() + ",extensions").replace("\\", "\\\\").replace(" ", "\\ ");
	}

	private static String url(ConnectionSettings settings) {
		StringBuilder url = new StringBuilder("postgresql://");
		if (settings.user() != null) {
			url.append(encoded(settings.user()));
			if (settings.password() != null && !settings.password().value().isEmpty()) {
				url.append(':').append(encoded(settings.password().value()));
			}
			url.append('@');
		}
		url.append(settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host())
			.append(':')
			.append(settings.port())
			.append('/')
			.append(encoded(settings.database()));
		Map<String, String> query = new LinkedHashMap<>();
		IN_URL.stream()
			.filter(settings.options()::containsKey)
			.forEach((option) -> query.put(option, settings.options().get(option)));
		String separator = "?";
		for (Map.Entry<String, String> option : query.entrySet()) {
			url.append(separator).append(option.getKey()).append('=').append(encoded(option.getValue()));
			separator = "&";
		}
		return url.toString();
	}

	static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
