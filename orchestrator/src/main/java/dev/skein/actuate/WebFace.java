package dev.skein.actuate;

import java.time.Duration;
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
 * Serves {@code /actuator/health} with a component {@code migrations} to everybody, and
 * to those with credentials the rest.
 */
public final class WebFace {

	/** How long whoever asks waits for a look at the database. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private WebFace() {
	}

	/**
	 * Starts the server and waits until it is ended.
	 * @param plan the plan of the platform to watch
	 * @param settings the database to watch
	 * @param database opens that database on a connection of the pool
	 * @param web what to serve
	 * @param listening run once the port is bound
	 */
	public static void run(MigrationPlan plan, ConnectionSettings settings,
			Function<DataSource, PlatformDatabase> database, WebSettings web, Runnable listening) {
		CountDownLatch closed = new CountDownLatch(1);
		ConfigurableApplicationContext context;
		try {
			context = start(plan, settings, database, web);
		}
		catch (ApplicationContextException ex) {
			if (ex.getCause() instanceof PortInUseException) {
				throw new CannotStartException("port " + web.port() + " is in use", "choose another with --port", ex);
			}
			throw ex;
		}
		listening.run();
		// The first look takes longest: whoever asks first need not wait for it
		context.getBean(Lookout.class).sight();
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
			Function<DataSource, PlatformDatabase> database, WebSettings web) {
		IgnoredSettings.line(System.getenv().keySet(), System.getProperties().stringPropertyNames())
			.ifPresent((line) -> System.getLogger("skein").log(System.Logger.Level.WARNING, line));
		return new SpringApplicationBuilder(Configuration.class)
			.environment(new ClosedEnvironment(WebProperties.of(settings, web)))
			.initializers((context) -> register((GenericApplicationContext) context, plan, database, web))
			.run();
	}

	/**
	 * What is not registered is not there: it needs no switch that could be forgotten.
	 */
	private static void register(GenericApplicationContext context, MigrationPlan plan,
			Function<DataSource, PlatformDatabase> database, WebSettings web) {
		context.registerBean(Eye.class,
				() -> new Eye(plan, database, context.getBeanProvider(DataSource.class)::getObject));
		context.registerBean(Lookout.class, () -> new Lookout(context.getBean(Eye.class)::look, web.pause(), PATIENCE));
		// Nobody would learn what it sees.
		boolean blind = web.credentials().areNone() && !web.driftNotices().areWanted();
		context.registerBean(Patrol.class, () -> new Patrol(plan.services(), context.getBean(Eye.class)::open,
				blind ? Duration.ZERO : web.driftInterval(), web.driftNotices()));
		context.registerBean(Door.class, () -> new Door(web.credentials()));
		if (web.credentials().areNone()) {
			return;
		}
		context.registerBean(MigrationsController.class, () -> new MigrationsController(context.getBean(Lookout.class),
				context.getBean(Patrol.class), web.rowValues()));
		context.registerBean(PlatformMetrics.class,
				() -> new PlatformMetrics(plan, context.getBean(Lookout.class), context.getBean(Patrol.class)));
		WebMigration migration = web.migration();
		if (migration != null) {
			context.registerBean(WebRuns.class,
					() -> new WebRuns(migration, context.getBean(Lookout.class)::forget, web.rowValues()));
			context.registerBean(RunsController.class);
		}
	}

	/**
	 * Spring Boot's auto-configuration and nothing else.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Configuration {

		@Bean
		MigrationsHealthIndicator migrationsHealthIndicator(Lookout lookout, Patrol patrol) {
			return new MigrationsHealthIndicator(lookout, patrol);
		}

	}

}
