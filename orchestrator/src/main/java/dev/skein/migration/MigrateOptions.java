package dev.skein.migration;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

import dev.skein.catalog.ServiceDefinition;
import org.jspecify.annotations.Nullable;

/**
 * How to run a plan.
 *
 * @param jobs how many services at once, 1 or more
 * @param lockWait how long to wait for another run
 * @param warnAfter how long a file may run before it is warned about; zero means never
 * @param outOfOrder whether to apply versions that arrive late, below one that is applied
 * @param isolation as whom the files run
 * @param onDrift what to do where somebody else changed the schemas
 * @param requester who asked this process for the run; {@code null} if it is its own
 * user's
 * @param allowedExtensions the extensions that files may have created although PostgreSQL
 * does not trust them
 */
public record MigrateOptions(int jobs, Duration lockWait, Duration warnAfter, boolean outOfOrder, Isolation isolation,
		OnDrift onDrift, @Nullable String requester, Set<String> allowedExtensions) {

	public MigrateOptions {
		allowedExtensions = Set.copyOf(allowedExtensions);
		if (jobs < 1) {
			throw new IllegalArgumentException("jobs must be 1 or more, not " + jobs);
		}
	}

	/**
	 * The options of a run that is for the user of this process, without extensions that
	 * are allowed.
	 * @param jobs how many services at once, 1 or more
	 * @param lockWait how long to wait for another run
	 * @param warnAfter how long a file may run before it is warned about; zero means
	 * never
	 * @param outOfOrder whether to apply versions that arrive late
	 * @param isolation as whom the files run
	 * @param onDrift what to do where the schemas were changed
	 */
	public MigrateOptions(int jobs, Duration lockWait, Duration warnAfter, boolean outOfOrder, Isolation isolation,
			OnDrift onDrift) {
		this(jobs, lockWait, warnAfter, outOfOrder, isolation, onDrift, null, Set.of());
	}

	/**
	 * The same on a database that is thrown away: whatever the files create is allowed.
	 * @param services the services with the files
	 * @return the options
	 */
	public MigrateOptions allowingExtensionsOf(Collection<ServiceDefinition> services) {
		return new MigrateOptions(this.jobs, this.lockWait, this.warnAfter, this.outOfOrder, this.isolation,
				this.onDrift, this.requester,
				services.stream().flatMap((service) -> service.allExtensions().stream()).collect(Collectors.toSet()));
	}

	/**
	 * How many services at once where nobody says it.
	 * @return the number of processors, but four at least: while one worker waits for the
	 * network or the server's disk, another has work
	 */
	public static int usualJobs() {
		return Math.max(4, Runtime.getRuntime().availableProcessors());
	}

}
