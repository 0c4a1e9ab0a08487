package dev.skein.migration;

import java.util.List;

import dev.skein.catalog.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * What became of one step.
 */
sealed interface StepResult {

	/**
	 * Nothing is left of it.
	 *
	 * @param files what was applied; empty if nothing was pending
	 */
	record Done(List<AppliedFile> files) implements StepResult {

	}

	/**
	 * A file of it failed.
	 *
	 * @param files what was applied before
	 * @param error the failure
	 * @param notices what PostgreSQL said while the file ran that failed
	 */
	record Failed(List<AppliedFile> files, MigrationError error, List<Notice> notices) implements StepResult {

		Failed(MigrationError error) {
			this(List.of(), error, List.of());
		}

	}

	/**
	 * The run was stopped before it was done, for a reason that is not the service's.
	 *
	 * @param files what was applied before
	 */
	record Stopped(List<AppliedFile> files) implements StepResult {

	}

	/**
	 * It was not begun.
	 *
	 * @param culprit the service whose failure is the reason; {@code null} if the run was
	 * interrupted
	 */
	record Blocked(@Nullable ServiceName culprit) implements StepResult {

	}

}
