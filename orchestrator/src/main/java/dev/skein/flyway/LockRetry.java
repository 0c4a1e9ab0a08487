package dev.skein.flyway;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.MigrationError;
import dev.skein.migration.RunListener;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a file that did not get a lock is tried again, and waits before it is:
 * meanwhile those who queued behind it go on.
 */
final class LockRetry {

	/** The pauses between five attempts. */
	static final List<Duration> PAUSES = List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2),
			Duration.ofSeconds(4));

	private static final Set<String> LOCK_FAILURES = Set.of("55P03", "40P01");

	private final ServiceDefinition service;

	private final RunListener listener;

	private final List<Duration> pauses;

	private final CountDownLatch cancelled;

	private @Nullable Migration file;

	private int failures;

	LockRetry(ServiceDefinition service, RunListener listener, List<Duration> pauses, CountDownLatch cancelled) {
		this.service = service;
		this.listener = listener;
		this.pauses = pauses;
		this.cancelled = cancelled;
	}

	/**
	 * Whether a file failed because of the locks of another session: it waited too long,
	 * or was the one that the server chose when both waited for each other.
	 */
	static boolean isForLock(@Nullable String sqlState) {
		return sqlState != null && LOCK_FAILURES.contains(sqlState);
	}

	/**
	 * A file in a transaction was rolled back whole, so that only it is run again; one
	 * outside is left to a person.
	 */
	boolean mayTryAgain(MigrationError error, @Nullable Migration failed) {
		if (failed == null || failed.runsAlone() || !isForLock(error.sqlState())) {
			return false;
		}
		this.failures = failed.equals(this.file) ? this.failures + 1 : 1;
		this.file = failed;
		if (this.failures > this.pauses.size()) {
			return false;
		}
		Duration pause = this.pauses.get(this.failures - 1);
		this.listener.retrying(this.service, failed, this.failures + 1, pause);
		try {
			return !this.cancelled.await(pause.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
