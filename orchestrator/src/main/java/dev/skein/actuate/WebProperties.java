package dev.skein.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import dev.skein.migration.ConnectionSettings;

/**
 * How Spring Boot is set up for the web face.
 */
final class WebProperties {

	private WebProperties() {
	}

	static Map<String, Object> of(ConnectionSettings settings, WebSettings web) {
		Map<String, Object> properties = new LinkedHashMap<>();
		database(properties, settings);
		properties.put("spring.main.banner-mode", "off");
		properties.put("logging.config", "classpath:dev/skein/actuate/logback.xml");
		// Its own traces; the reason is told in one line.
		properties.put("logging.level.dev.skein.actuate.MigrationsHealthIndicator", "OFF");
		// A start that failed is told by the command.
		properties.put("logging.level.org.springframework.boot.diagnostics", "OFF");
		properties.put("logging.level.org.springframework.boot.SpringApplication", "OFF");
		properties.put("logging.level.org.springframework.boot.web.server.servlet.context", "ERROR");
		properties.put("server.port", String.valueOf(web.port()));
		properties.put("server.address", web.address().getHostAddress());
		// Else a caller could say itself who it is, to those who count its wrong
		// passwords.
		properties.put("server.forward-headers-strategy", "none");
		boolean closed = web.credentials().areNone();
		properties.put("management.endpoints.web.exposure.include", closed ? "health" : "health,prometheus");
		properties.put("management.endpoints.web.discovery.enabled", "false");
		properties.put("management.prometheus.metrics.export.enabled", String.valueOf(!closed));
		properties.put("management.endpoint.health.show-components", "always");
		properties.put("management.endpoint.health.show-details", "when-authorized");
		properties.put("management.endpoint.health.probes.enabled", "true");
		properties.put("management.endpoint.health.group.readiness.include", "readinessState,migrations");
		// The indicator of migrations looks at the database, and says the same in one
		// line.
		properties.put("management.health.db.enabled", "false");
		return properties;
	}

	private static void database(Map<String, Object> properties, ConnectionSettings settings) {
		String servers = settings.servers()
			.stream()
			.map(ConnectionSettings.Server::toString)
			.collect(Collectors.joining(","));
		properties.put("spring.datasource.url", "jdbc:postgresql://" + servers + "/" + settings.database());
		// A server that does not answer must not keep a thread for ever.
		Map<String, String> options = new LinkedHashMap<>(Map.of("connectTimeout", "3", "socketTimeout", "10"));
		if (!settings.others().isEmpty()) {
			options.put("targetServerType", "preferPrimary");
		}
		options.putAll(settings.options());
		options
			.forEach((name, value) -> properties.put("spring.datasource.hikari.data-source-properties." + name, value));
		if (settings.user() != null) {
			properties.put("spring.datasource.username", settings.user());
		}
		if (settings.password() != null) {
			properties.put("spring.datasource.password", settings.password().value());
		}
		// A database that is down is what this face has to report, so it must start.
		properties.put("spring.datasource.hikari.initialization-fail-timeout", "-1");
		properties.put("spring.datasource.hikari.minimum-idle", "0");
		properties.put("spring.datasource.hikari.maximum-pool-size", "3");
		// Before those who ask lose patience, so that they learn the reason.
		properties.put("spring.datasource.hikari.connection-timeout", "1500");
		properties.put("spring.datasource.hikari.validation-timeout", "1000");
		// The server, too, gives up a question that nobody waits for any more.
		properties.put("spring.datasource.hikari.connection-init-sql", "SET statement_timeout = '10s'");
	}

}
