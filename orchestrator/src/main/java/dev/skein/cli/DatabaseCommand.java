package dev.skein.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;

import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.ServerReleases;

/**
 * Keeps the embedded database up, for a look with psql.
 */
final class DatabaseCommand extends Subcommand {

	/**
	 * What to do with it.
	 */
	enum Action {

		start, stop

	}

	private Action action = Action.start;

	DatabaseCommand(SkeinCommand skein) {
		super(skein, "database",
				"Starts or stops the embedded database, which otherwise runs only while a"
						+ " command uses it. It is for development: it does not sync its files (fsync=off).",
				"skein database start");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.parameter(0, "start|stop", "What to do.", Action.class, (action) -> this.action = action);
	}

	@Override
	ExitCode run() {
		try (Backend.EmbeddedServer server = skein().backend().embedded(surroundings().home(), surroundings()::say)) {
			boolean start = this.action == Action.start;
			server.keepRunning(start);
			if (start) {
				// Before the first migration there is none, and psql would find nothing.
				try (PlatformDatabase database = skein().backend()
					.connect(server.settings("skein"), Duration.ZERO, true, (line) -> {
					})
					.database()) {
					ServerReleases.missingFixes(database.identity(), LocalDate.now(ZoneOffset.UTC))
						.ifPresent(surroundings()::say);
				}
			}
			surroundings()
				.print(start ? "Running. Look at it with: " + psql(server) : "Stops as soon as nobody uses it.");
			return ExitCode.DONE;
		}
	}

	private static String psql(Backend.EmbeddedServer server) {
		ConnectionSettings settings = server.settings("skein");
		Path socket = server.socketFolder();
		return "PGPASSFILE=" + quoted(server.passwordFile().toString()) + " psql -h "
				+ ((socket != null) ? socket : settings.host()) + " -p " + settings.port() + " -U " + settings.user()
				+ " " + settings.database();
	}

	private static String quoted(String file) {
		return file.matches("[\\w/.-]+") ? file : "'" + file.replace("'", "'\\''") + "'";
	}

}
