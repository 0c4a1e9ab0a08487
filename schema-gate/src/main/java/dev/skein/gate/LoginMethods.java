package dev.skein.gate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps the service's password from a program that answers in place of its database: a
 * server on another machine that TLS does not verify may not ask for it in clear text or
 * as MD5. That is the driver's option {@code requireAuth}; what the service says of it
 * itself wins.
 */
class LoginMethods implements EnvironmentPostProcessor {

	private static final String PROPERTIES = "spring.datasource.hikari.data-source-properties.";

	private static final String OPTION = "requireAuth";

	private static final Pattern URL = Pattern.compile("jdbc:postgresql://([^/?]+)(?:/[^?]*)?(?:\\?(.*))?");

	private static final Pattern LOOPBACK = Pattern
		.compile("(?:localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])?(?::\\d+)?");

	private final Log log;

	LoginMethods(DeferredLogFactory logs) {
		this.log = logs.getLog(SchemaGate.class);
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Matcher url = URL.matcher(environment.getProperty("spring.datasource.url", ""));
		if (!environment.getProperty("skein.gate.enabled", Boolean.class, true)
				|| environment.getProperty("skein.gate.service", "").isBlank() || !url.matches()
				|| Arrays.stream(url.group(1).split(",", -1)).allMatch((server) -> LOOPBACK.matcher(server).matches())
				|| isVerified(environment, url.group(2))
				|| option(environment, url.group(2), OPTION, "").equals("scram-sha-256")) {
			return;
		}
		if (!environment.containsProperty(PROPERTIES + OPTION)) {
			environment.getPropertySources()
				.addLast(new MapPropertySource("skeinGateLoginMethods", Map.of(PROPERTIES + OPTION, "!password,!md5")));
		}
		this.log.warn("Schema gate: nothing verifies that the server at " + url.group(1)
				+ " is the one that the password is for: add sslmode=verify-full to spring.datasource.url, and"
				+ " sslrootcert=FILE with the certificate that signed the server's; on a network that you trust,"
				+ " requireAuth=scram-sha-256");
	}

	private static boolean isVerified(ConfigurableEnvironment environment, @Nullable String query) {
		String ssl = option(environment, query, "ssl", "false");
		String mode = option(environment, query, "sslmode",
				(ssl.isEmpty() || Boolean.parseBoolean(ssl)) ? "verify-full" : "prefer");
		return mode.toLowerCase(Locale.ROOT).startsWith("verify-")
				&& !option(environment, query, "sslfactory", "").endsWith("NonValidatingFactory");
	}

	/**
	 * An option of the driver. Those of the URL win.
	 */
	private static String option(ConfigurableEnvironment environment, @Nullable String query, String name,
			String otherwise) {
		for (String pair : String.valueOf(query).split("&", -1)) {
			if (pair.equals(name) || pair.startsWith(name + "=")) {
				return pair.substring(Math.min(pair.length(), name.length() + 1));
			}
		}
		return environment.getProperty(PROPERTIES + name, otherwise);
	}

}
