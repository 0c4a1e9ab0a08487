package dev.skein.rollback;

import java.util.List;
import java.util.UUID;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.MigrationError;
import dev.skein.migration.Notice;
import dev.skein.migration.Outcome;
import dev.skein.migration.RunReport;
import org.jspecify.annotations.Nullable;

/**
 * What a rollback did. A failure is part of it, not an exception.
 *
 * @param run the run's id
 * @param database the database
 * @param outcome the outcome as a whole
 * @param durationMillis how long it took, in milliseconds
 * @param undone what was undone, in order
 * @param left what is still to be undone
 * @param failure why it ended early, or what could not be applied again; {@code null} if
 * all went well
 * @param reapplied repeatable migrations that were applied again
 * @param outdated repeatable migrations that could not be: they are pending
 * @param interrupted whether somebody ended it early
 * @param stopped why Skein itself ended it early, such as a lost run lock; {@code null}
 * if it did not
 */
public record RollbackReport(UUID run, DatabaseIdentity database, Outcome outcome, long durationMillis,
		List<Undone> undone, List<AppliedVersion> left, @Nullable Failure failure, List<Repeated> reapplied,
		List<Repeated> outdated, boolean interrupted, RunReport.@Nullable Stop stopped) {

	public RollbackReport {
		undone = List.copyOf(undone);
		left = List.copyOf(left);
		reapplied = List.copyOf(reapplied);
		outdated = List.copyOf(outdated);
	}

	/**
	 * One migration that was undone.
	 *
	 * @param step the migration
	 * @param file its undo script
	 */
	public record Undone(AppliedVersion step, AppliedFile file) {
	}

	/**
	 * One repeatable migration.
	 *
	 * @param service its service
	 * @param script its file's name
	 * @param tried whether it was run
	 * @param notices what PostgreSQL said while it ran; empty unless it was applied
	 */
	public record Repeated(ServiceDefinition service, String script, boolean tried, List<Notice> notices) {
	}

	/**
	 * What went wrong.
	 *
	 * @param service where
	 * @param error why
	 * @param notices what PostgreSQL said while the file ran that failed
	 */
	public record Failure(ServiceDefinition service, MigrationError error, List<Notice> notices) {
	}

}
