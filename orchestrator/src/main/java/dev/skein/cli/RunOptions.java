package dev.skein.cli;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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

	private List<String> allowedExtensions = List.of();

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
		arguments
			.option("--allow-extension", "NAME",
					"Also create this extension where a file says CREATE EXTENSION IF NOT EXISTS, although PostgreSQL"
							+ " trusts no service to do so. May be repeated; SKEIN_ALLOW_EXTENSIONS names more.")
			.split()
			.each(String.class, (all) -> this.allowedExtensions = all);
		arguments.flag("--quiet",
				"Leave out what PostgreSQL says while files run. Its warnings are listed at the end" + " all the same.",
				(given) -> this.quiet = given);
		arguments.add(this.notify);
	}

	void onDrift(OnDrift what) {
		this.onDrift = what;
	}

	MigrateOptions options(int jobs, boolean outOfOrder, Surroundings surroundings) {
		return new MigrateOptions(jobs, this.lock.lockWait, this.warnAfter, outOfOrder, this.isolation, this.onDrift,
				null, allowed(surroundings));
	}

	/**
	 * What the command line allows, and what the environment does.
	 */
	private Set<String> allowed(Surroundings surroundings) {
		Set<String> allowed = new HashSet<>(this.allowedExtensions);
		String others = Setting.read(surroundings.environment(), "skein.allow.extensions");
		if (others != null) {
			Stream.of(others.split(",", -1)).map(String::strip).forEach(allowed::add);
		}
		return allowed;
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
