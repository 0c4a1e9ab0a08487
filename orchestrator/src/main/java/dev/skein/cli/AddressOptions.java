package dev.skein.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Which database, from the first of: options, {@code SPRING_DATASOURCE_*},
 * {@code DATABASE_URL}, {@code PG*}. None of them means the embedded one.
 */
class AddressOptions implements Options {

	@Nullable String url;

	@Nullable String user;

	@Nullable Path passwordFile;

	private char @Nullable [] askedPassword;

	@Override
	public void declare(Arguments arguments) {
		arguments
			.option("--url", "URL",
					"The database, such as jdbc:postgresql://localhost:5432/app or postgresql://localhost/app."
							+ " Without it: SPRING_DATASOURCE_URL, DATABASE_URL, PGHOST and its siblings, else embedded"
							+ " PostgreSQL in .skein/.")
			.as(String.class, (text) -> this.url = text);
		arguments
			.option("--user", "NAME",
					"Who connects. The password comes from SKEIN_PASSWORD,"
							+ " --password-file or --ask-password, never from an argument.")
			.as(String.class, (text) -> this.user = text);
		arguments.option("--password-file", "FILE", "Read the password from the first line.")
			.as(Path.class, (path) -> this.passwordFile = path);
		arguments.secret("--ask-password", "Password: ", "Ask for the password.",
				(answer) -> this.askedPassword = answer);
	}

	/**
	 * The database that was given.
	 * @return its settings, or nothing where the embedded one is meant
	 */
	Optional<ConnectionSettings> given(Map<String, String> everything) {
		Map<String, String> environment = withoutEmpty(everything);
		ConnectionSettings settings = read(environment);
		if (settings == null) {
			if (this.user != null) {
				throw new UsageException("--user is given, but no database",
						"add --url; the embedded database has its own user");
			}
			return Optional.empty();
		}
		if (this.user != null) {
			settings = settings.withUser(this.user, settings.password());
		}
		Secret password = password(environment);
		return Optional.of((password == null) ? settings : settings.withPassword(password));
	}

	/**
	 * Compose files pass variables that nobody set as empty ones. An empty password is
	 * one all the same.
	 */
	private static Map<String, String> withoutEmpty(Map<String, String> environment) {
		Map<String, String> set = new HashMap<>(environment);
		set.entrySet().removeIf((variable) -> variable.getValue().isBlank() && !variable.getKey().endsWith("PASSWORD"));
		return set;
	}

	private @Nullable ConnectionSettings read(Map<String, String> environment) {
		if (this.url != null) {
			return DatabaseUrl.withoutPassword(this.url, "--url", "set SKEIN_PASSWORD or use --password-file");
		}
		String spring = environment.get("SPRING_DATASOURCE_URL");
		if (spring != null) {
			ConnectionSettings settings = DatabaseUrl.parse(spring, "SPRING_DATASOURCE_URL");
			String name = environment.getOrDefault("SPRING_DATASOURCE_USERNAME", settings.user());
			String password = environment.get("SPRING_DATASOURCE_PASSWORD");
			return settings.withUser(name, (password != null) ? new Secret(password) : settings.password());
		}
		String databaseUrl = environment.get("DATABASE_URL");
		if (databaseUrl != null) {
			return DatabaseUrl.parse(databaseUrl, "DATABASE_URL");
		}
		boolean libpq = environment.containsKey("PGHOST") || environment.containsKey("PGPORT")
				|| environment.containsKey("PGDATABASE") || environment.containsKey("PGSERVICE");
		return libpq ? libpq(ServiceFile.over(environment)) : null;
	}

	/**
	 * The settings of libpq's environment variables, with libpq's defaults.
	 * @see <a href=
	 * "https://www.postgresql.org/docs/current/libpq-envars.html">PostgreSQL: environment
	 * variables</a>
	 */
	private static ConnectionSettings libpq(Map<String, String> environment) {
		String host = environment.getOrDefault("PGHOST", "localhost");
		if (host.startsWith("/") || host.contains(",/")) {
			throw new UsageException("PGHOST is a socket folder, but Skein connects by TCP only",
					"set PGHOST to a host name such as localhost");
		}
		ServerList servers = ServerList.ofVariables(host,
				environment.getOrDefault("PGPORT", String.valueOf(ConnectionSettings.DEFAULT_PORT)));
		String user = environment.getOrDefault("PGUSER", System.getProperty("user.name"));
		String password = environment.get("PGPASSWORD");
		Map<String, String> options = new HashMap<>();
		Map.of("PGSSLMODE", "sslmode", "PGSSLROOTCERT", "sslrootcert", "PGSSLCERT", "sslcert", "PGSSLKEY", "sslkey",
				"PGREQUIREAUTH", "requireAuth", "PGCHANNELBINDING", "channelBinding", "PGTARGETSESSIONATTRS",
				ServerList.TARGET)
			.forEach((variable, option) -> {
				if (environment.containsKey(variable)) {
					options.put(option, ServerList.option(option, environment.get(variable)));
				}
			});
		return servers.settings(environment.getOrDefault("PGDATABASE", user), user,
				(password == null) ? null : new Secret(password), options);
	}

	private @Nullable Secret password(Map<String, String> environment) {
		if (this.askedPassword != null) {
			return new Secret(new String(this.askedPassword));
		}
		if (this.passwordFile != null) {
			return PasswordFile.read(this.passwordFile, "--password-file", "SKEIN_PASSWORD");
		}
		String password = environment.get("SKEIN_PASSWORD");
		if (password == null && this.url != null) {
			password = environment.get("PGPASSWORD");
		}
		return (password == null) ? null : new Secret(password);
	}

}
