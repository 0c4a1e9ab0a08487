package dev.skein.cli;

import dev.skein.migration.ConnectionSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Keeps the embedded database up, for a look with psql.
 */
@Command(name = "database",
		description = "Starts or stops the embedded database, which otherwise runs only while a"
				+ " command uses it. It is for development: it does not sync its files (fsync=off).",
		footer = { "", "Example: skein database start" })
final class DatabaseCommand extends Subcommand {

	/**
	 * What to do with it.
	 */
	enum Action {

		start, stop

	}

	@Parameters(paramLabel = "start|stop", description = "What to do.")
	Action action = Action.start;

	@Override
	ExitCode run() {
		try (Backend.EmbeddedServer server = skein().backend().embedded(surroundings().home(), surroundings()::say)) {
			boolean start = this.action == Action.start;
			server.keepRunning(start);
			ConnectionSettings settings = server.settings("skein");
			surroundings()
				.print(start ? "Running. Look at it with: psql -h " + settings.host() + " -p " + settings.port()
						+ " -U " + settings.user() + " " + settings.database() : "Stops as soon as nobody uses it.");
			return ExitCode.DONE;
		}
	}

}
