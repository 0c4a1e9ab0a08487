package dev.skein.migration;

import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * What became of one seed in a run.
 *
 * @param service its service
 * @param file the seed
 * @param outcome applied, failed, or blocked where it was not run
 * @param blockedBy the service whose failure is the reason that it was not run;
 * {@code null} unless it was blocked by one
 * @param durationMillis how long it took, in milliseconds; 0 where it was not run
 * @param error why it failed; {@code null} unless it did
 * @param notices what PostgreSQL said while it ran, in order, up to a bound
 */
public record SeedReport(ServiceDefinition service, Migration file, Outcome outcome, @Nullable ServiceName blockedBy,
		long durationMillis, @Nullable MigrationError error, List<Notice> notices) {

	public SeedReport {
		notices = List.copyOf(notices);
	}

	static SeedReport applied(ServiceDefinition service, AppliedFile file) {
		return new SeedReport(service, file.migration(), Outcome.APPLIED, null, file.durationMillis(), null,
				file.notices());
	}

	static SeedReport failed(ServiceDefinition service, Migration file, MigrationEngine.FailedAttempt attempt) {
		return new SeedReport(service, file, Outcome.FAILED, null, attempt.durationMillis(), attempt.error(),
				attempt.notices());
	}

	static SeedReport blocked(ServiceDefinition service, Migration file, @Nullable ServiceName by) {
		return new SeedReport(service, file, Outcome.BLOCKED, by, 0, null, List.of());
	}

}
