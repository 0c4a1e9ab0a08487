package dev.skein.cli;

import java.util.List;

import dev.skein.plan.MigrationPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Serves the health of migrations.
 */
@Command(name = "serve", description = "Serves /actuator/health with a component \"migrations\" until it is ended.",
		footer = { "", "Example: skein serve --port 8080" })
final class ServeCommand extends Subcommand {

	@Option(names = "--port", paramLabel = "PORT", defaultValue = "8080",
			description = "The port to listen on (default: ${DEFAULT-VALUE}).")
	int port;

	@Mixin
	CatalogOptions catalog = new CatalogOptions();

	@Mixin
	DatabaseOptions database = new DatabaseOptions();

	@Override
	ExitCode run() {
		MigrationPlan plan = this.catalog.plan(surroundings(), List.of());
		try (Target target = Target.of(skein().backend(), surroundings(), this.database)) {
			surroundings().say("Database: " + target.settings());
			// Spring ends by itself on a signal; the target is closed after it.
			skein().interruption().onSignal(() -> {
			});
			skein().backend().serve(plan, target.settings(), this.port);
			return ExitCode.DONE;
		}
	}

}
