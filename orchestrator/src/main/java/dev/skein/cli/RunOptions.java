package dev.skein.cli;

import java.time.Duration;

import dev.skein.migration.Isolation;
import dev.skein.migration.MigrateOptions;
import dev.skein.migration.OnDrift;

/**
 * How files are run, for every command that runs some.
 */
final class RunOptions implements Options {

	final LockOptions lock = new LockOptions();

	private Duration warnAfter = Duration.ofMinutes(5);

	Isolation isolation = Isolation.ROLES;

	final NotifyOption notify = new NotifyOption();

	boolean quiet;

	/** Not an option of every command that runs files. */
	private OnDrift onDrift = OnDrift.WARN;

	@Override
	public void declare(Arguments arguments) {
		arguments.add(this.lock);
		arguments
			.option("--warn-after", "TIME",
					"Warn of a file that runs longer, and say what it waits for; 0 never"
							+ " (default: ${DEFAULT-VALUE}).")
			.otherwise("5m")
			.as(Duration.class, (time) -> this.warnAfter = time);
		arguments
			.option("--isolation", "roles|none",
					"As whom the files run: each service as a role of its own that owns its schema, or everything"
							+ " as the given user (default: ${DEFAULT-VALUE}).")
			.otherwise("roles")
			.as(Isolation.class, (isolation) -> this.isolation = isolation);
		arguments.flag("--quiet",
				"Leave out what PostgreSQL says while files run. Its warnings are listed at the end" + " all the same.",
				(given) -> this.quiet = given);
		arguments.add(this.notify);
	}

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
