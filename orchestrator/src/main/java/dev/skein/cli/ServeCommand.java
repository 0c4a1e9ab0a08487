package dev.skein.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.skein.migration.CannotStartException;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.PlatformDatabase;
import dev.skein.plan.MigrationPlan;

/**
 * Serves the health of migrations, and more to those with credentials.
 */
final class ServeCommand extends Subcommand {

	private int port;

	private final WebOptions web = new WebOptions();

	private final CatalogOptions catalog = new CatalogOptions();

	private final DatabaseOptions database = new DatabaseOptions();

	ServeCommand(SkeinCommand skein) {
		super(skein, "serve",
				"Serves /actuator/health with a component \"migrations\" until it is ended. With SKEIN_WEB_USER and"
						+ " SKEIN_WEB_PASSWORD, or SKEIN_WEB_TOKEN, also /actuator/migrations and /actuator/prometheus, for those"
						+ " who know them; with SKEIN_WEB_MIGRATE_ENABLED=true, POST /actuator/migrations migrates.",
				"skein serve --port 8080");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.option("--port", "PORT", "The port to listen on (default: ${DEFAULT-VALUE}).")
			.otherwise("8080")
			.as(Integer.class, (number) -> this.port = number);
		arguments.add(this.web, this.catalog, this.database);
	}

	@Override
	ExitCode run() {
		Backend.Serving serving = this.web.serving(this.port, surroundings().environment());
		MigrationPlan plan = this.catalog.plan(surroundings(), List.of());
		try (Target target = Target.of(skein().backend(), surroundings(), this.database)) {
			introduce(target.settings());
			// Spring ends by itself on a signal; the target is closed after it.
			skein().interruption().onSignal(() -> {
			});
			skein().backend().serve(plan, target.settings(), serving, () -> surroundings().say("Serving: " + serving));
			return ExitCode.DONE;
		}
	}

	/**
	 * Says which database this is. One that does not answer is reported by what is
	 * served, so it is no reason to end, nor to wait long.
	 */
	private void introduce(ConnectionSettings settings) {
		Map<String, String> options = new HashMap<>(Map.of("connectTimeout", "3", "loginTimeout", "5"));
		options.putAll(settings.options());
		try (PlatformDatabase open = skein().backend()
			.connect(settings.withOptions(options), Duration.ZERO, settings.embedded(), (line) -> {
			})
			.database()) {
			surroundings().say("Database: " + open.identity());
		}
		catch (CannotStartException ex) {
			surroundings().say("Database: " + settings + "\nWarning: " + ex.getMessage());
		}
	}

}
