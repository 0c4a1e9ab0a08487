package dev.skein.catalog;

import java.time.Duration;

/**
 * How long a file of a service may wait and run, as long as it runs in a transaction.
 *
 * @param lock how long each statement waits for a lock; while it waits, everybody who
 * comes later waits behind it. Zero means without end.
 * @param statement how long each statement may run. Zero means without end.
 */
public record Timeouts(Duration lock, Duration statement) {

	/** What holds where the manifest says nothing. */
	public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(5), Duration.ZERO);

	/**
	 * What holds for files outside a transaction: a concurrent build that is cut short
	 * leaves an invalid index.
	 */
	public static final Timeouts NONE = new Timeouts(Duration.ZERO, Duration.ZERO);

	/** PostgreSQL keeps milliseconds in 31 bits. */
	static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

}
