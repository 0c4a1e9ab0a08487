package dev.skein.migration;

import java.time.Duration;

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
 */
public record MigrateOptions(int jobs, Duration lockWait, Duration warnAfter, boolean outOfOrder, Isolation isolation,
		OnDrift onDrift, @Nullable String requester) {

	public MigrateOptions {
		if (jobs < 1) {
			throw new IllegalArgumentException("jobs must be 1 or more, not " + jobs);
		}
	}

	/**
	 * The options of a run that is for the user of this process.
	 * @param jobs how many services at once, 1 or more
	 * @param lockWait how long to wait for another run
	 * @param warnAfter how long a file may run before it is warned about; zero means
	 * never
	 * @param outOfOrder whether to apply versions that arrive late
	 * @param isolation as whom the files run
	 * @param onDrift what to do where somebody else changed the schemas
	 */
	public MigrateOptions(int jobs, Duration lockWait, Duration warnAfter, boolean outOfOrder, Isolation isolation,
			OnDrift onDrift) {
		this(jobs, lockWait, warnAfter, outOfOrder, isolation, onDrift, null);
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
