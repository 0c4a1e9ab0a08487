package dev.skein.cli;

import java.time.Duration;

import dev.skein.migration.Isolation;
import dev.skein.migration.MigrateOptions;
import dev.skein.migration.OnDrift;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How files are run, for every command that runs some.
 */
final class RunOptions {

	@Mixin
	LockOptions lock = new LockOptions();

	@Option(names = "--warn-after", paramLabel = "TIME", defaultValue = "5m",
			description = "Warn of a file that runs longer, and say what it waits for; 0 never"
					+ " (default: ${DEFAULT-VALUE}).")
	Duration warnAfter = Duration.ofMinutes(5);

	@Option(names = "--isolation", paramLabel = "roles|none", defaultValue = "roles",
			description = "As whom the files run: each service as a role of its own that owns its schema, or everything"
					+ " as the given user (default: ${DEFAULT-VALUE}).")
	Isolation isolation = Isolation.ROLES;

	@Mixin
	NotifyOption notify = new NotifyOption();

	/** Not an option of every command that runs files. */
	private OnDrift onDrift = OnDrift.WARN;

	void onDrift(OnDrift what) {
		this.onDrift = what;
	}

	MigrateOptions options(int jobs, boolean outOfOrder) {
		return new MigrateOptions(jobs, this.lock.lockWait, this.warnAfter, outOfOrder, this.isolation, this.onDrift);
	}

	/**
	 * Says in the first lines that nobody is kept in a room.
	 */
	void announce(Session session, Surroundings surroundings) {
		if (this.isolation == Isolation.NONE) {
			surroundings.say("Isolation: none, every file runs as \"" + session.identity().user() + "\"");
		}
	}

}
