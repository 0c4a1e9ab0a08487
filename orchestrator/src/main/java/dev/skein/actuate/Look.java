package dev.skein.actuate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.skein.migration.Activity;
import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.PlatformState;
import dev.skein.migration.ServiceState;
import dev.skein.migration.ServiceState.State;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Status;

/**
 * What one look at the database saw.
 *
 * @param at when
 * @param database the database
 * @param state the services and their tables
 * @param activity what goes on there
 */
record Look(Instant at, DatabaseIdentity database, PlatformState state, Activity activity) {

	/** The worst first. */
	private static final List<Status> ORDER = List.of(Status.DOWN, Status.OUT_OF_SERVICE, Status.UP);

	Status status() {
		List<Status> all = new ArrayList<>(this.state.services().stream().map(this::status).toList());
		boolean migrated = all.stream().allMatch(Status.UP::equals);
		// While something is pending, its tables are not there yet.
		all.add((migrated && !this.state.verification().passed()) ? Status.DOWN : Status.UP);
		// An index that is being built is invalid until it is done.
		boolean built = this.activity.running() != null || this.state.verification().invalidIndexes().isEmpty();
		all.add(built ? Status.UP : Status.DOWN);
		return ORDER.stream().filter(all::contains).findFirst().orElse(Status.UP);
	}

	/**
	 * The state of a service in one word. What failed and was rolled back is pending to
	 * the next run, but a failure to whoever watches.
	 */
	State state(ServiceState service) {
		return this.activity.state(service);
	}

	Activity.@Nullable InService activity(ServiceState service) {
		return this.activity.services().get(service.service().name().value());
	}

	private Status status(ServiceState service) {
		return switch (state(service)) {
			case UP_TO_DATE -> Status.UP;
			case PENDING -> Status.OUT_OF_SERVICE;
			case FAILED, MISSING, CHECKSUM_MISMATCH, AHEAD -> Status.DOWN;
		};
	}

}
