package dev.skein.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What goes on and went on in a platform, as its ledger and the server's locks tell.
 *
 * @param running the run that goes on; {@code null} if none does
 * @param lastRun the last run that does not go on; {@code null} if there was none
 * @param lastSuccess when the last migration of the platform succeeded that had anything
 * to do; {@code null} if none did
 * @param waitingRuns how many runs wait for the one that goes on
 * @param lockWait for how long a file of a run has waited for somebody's lock, or
 * somebody for a run's; zero if nobody waits
 * @param services what happened in each service, by its name; a service in which nothing
 * did is left out
 */
public record Activity(@Nullable RunRecord running, @Nullable RunRecord lastRun, @Nullable Instant lastSuccess,
		int waitingRuns, Duration lockWait, Map<String, InService> services) {

	/** There is no ledger yet. */
	public static final Activity NONE = new Activity(null, null, null, 0, Duration.ZERO, Map.of());

	public Activity {
		services = Map.copyOf(services);
	}

	/**
	 * The state of a service to whoever watches: what failed and was rolled back is
	 * pending to the next run.
	 * @param service the state by files and history
	 * @return the state, {@link ServiceState.State#FAILED} where the last attempt failed
	 */
	public ServiceState.State state(ServiceState service) {
		return (failure(service) != null) ? ServiceState.State.FAILED : service.state();
	}

	/**
	 * The attempt with which the next run begins again.
	 * @param service the state by files and history
	 * @return the attempt; {@code null} where the service is not pending, or did not fail
	 * at last
	 */
	public @Nullable Attempt failure(ServiceState service) {
		InService before = this.services.get(service.service().name().value());
		boolean pending = service.state() == ServiceState.State.PENDING;
		return (pending && before != null && before.endsInFailure()) ? before.last() : null;
	}

	/**
	 * What happened in one service.
	 *
	 * @param failures how many attempts failed, ever
	 * @param last the last attempt
	 * @param lastFailure the last that failed; {@code null} if none did
	 */
	public record InService(long failures, Attempt last, @Nullable Attempt lastFailure) {

		/**
		 * Whether the last thing that happened is that a migration failed.
		 * @return {@code true} if so
		 */
		public boolean endsInFailure() {
			return !this.last.success()
					&& (this.last.kind() == AttemptKind.MIGRATE || this.last.kind() == AttemptKind.RUN);
		}

	}

}
