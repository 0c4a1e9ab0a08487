package dev.skein.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

import javax.sql.DataSource;

import dev.skein.migration.CannotStartException;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.PlatformDatabase;
import dev.skein.plan.MigrationPlan;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Serves {@code /actuator/health} with a component {@code migrations}.
 */
public final class WebFace {

	private WebFace() {
	}

	/**
	 * Starts the server and waits until it is ended.
	 * @param plan the plan of the platform to watch
	 * @param settings the database to watch
	 * @param database opens that database on a connection of the pool
	 * @param port the port to listen on; 0 takes a free one
	 */
	public static void run(MigrationPlan plan, ConnectionSettings settings,
			Function<DataSource, PlatformDatabase> database, int port) {
		CountDownLatch closed = new CountDownLatch(1);
		ConfigurableApplicationContext context;
		try {
			context = start(plan, settings, database, port);
		}
		catch (ApplicationContextException ex) {
			if (ex.getCause() instanceof PortInUseException) {
				throw new CannotStartException("port " + port + " is in use", "choose another with --port", ex);
			}
			throw ex;
		}
		context.addApplicationListener((event) -> {
			if (event instanceof ContextClosedEvent) {
				closed.countDown();
			}
		});
		try {
			closed.await();
		}
		catch (InterruptedException ex) {
			context.close();
			Thread.currentThread().interrupt();
		}
	}

	static ConfigurableApplicationContext start(MigrationPlan plan, ConnectionSettings settings,
			Function<DataSource, PlatformDatabase> database, int port) {
		return new SpringApplicationBuilder(Configuration.class).properties(properties(settings, port))
			.initializers((context) -> ((GenericApplicationContext) context).registerBean(PlatformHealth.class,
					() -> new PlatformHealth(plan, database, context.getBeanProvider(DataSource.class)::getObject)))
			.run();
	}

	private static Map<String, Object> properties(ConnectionSettings settings, int port) {
		Map<String, Object> properties = new LinkedHashMap<>();
		String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
		properties.put("spring.datasource.url",
				"jdbc:postgresql://" + host + ":" + settings.port() + "/" + settings.database());
		settings.options()
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
		properties.put("spring.datasource.hikari.maximum-pool-size", "2");
		properties.put("spring.datasource.hikari.connection-timeout", "3000");
		properties.put("spring.main.banner-mode", "off");
		// The indicator of migrations looks at the database, and says the same in one
		// line.
		properties.put("management.health.db.enabled", "false");
		properties.put("logging.config", "classpath:dev/skein/actuate/logback.xml");
		// Its own traces; the reason is told in one line.
		properties.put("logging.level.dev.skein.actuate.MigrationsHealthIndicator", "OFF");
		// A start that failed is told by the command.
		properties.put("logging.level.org.springframework.boot.diagnostics", "OFF");
		properties.put("logging.level.org.springframework.boot.SpringApplication", "OFF");
		properties.put("logging.level.org.springframework.boot.web.server.servlet.context", "ERROR");
		properties.put("server.port", String.valueOf(port));
		properties.put("management.endpoints.web.exposure.include", "health");
		properties.put("management.endpoint.health.show-components", "always");
		properties.put("management.endpoint.health.probes.enabled", "true");
		properties.put("management.endpoint.health.group.readiness.include", "readinessState,migrations");
		return properties;
	}

	/**
	 * Spring Boot's auto-configuration and nothing else.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Configuration {

		@Bean
		MigrationsHealthIndicator migrationsHealthIndicator(PlatformHealth platform) {
			return new MigrationsHealthIndicator(platform);
		}

	}

}
