package dev.skein.migration;

import java.time.Duration;
import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Version;
import org.jspecify.annotations.Nullable;

/**
 * Applies migrations to one database.
 */
public interface MigrationEngine {

	/**
	 * Begins to load what workers need, on another thread: there is something to do.
	 */
	default void getReady() {
	}

	/**
	 * Opens a worker with a connection of its own.
	 * @param warnAfter how long a file may run before the listener is told
	 * @return the worker, to be closed by the caller
	 * @throws CannotStartException if there is no connection to be had
	 */
	Worker open(Duration warnAfter);

	/**
	 * Opens a worker for what does not run long.
	 * @return the worker, to be closed by the caller
	 * @throws CannotStartException if there is no connection to be had
	 */
	default Worker open() {
		return open(Duration.ZERO);
	}

	/**
	 * Asks the foreign tool of a service. Whoever calls this holds the run lock.
	 * @param service a service with a tool that can tell, and whose schema exists
	 * @return whether anything is pending
	 * @throws CannotStartException if the tool cannot log in, or if that was interrupted
	 */
	default boolean isPending(ServiceDefinition service) {
		throw new UnsupportedOperationException("this engine knows files only");
	}

	/**
	 * Applies the migrations of one service at a time.
	 */
	interface Worker extends AutoCloseable {

		/**
		 * Applies whatever of these migrations is not applied yet, in order, each file in
		 * a transaction together with its row in the history.
		 * @param service the service, whose schema exists
		 * @param migrations its migrations as far as they may be applied now, those that
		 * are applied already included
		 * @param run the run to record each success for, in the transaction of the
		 * migration; {@code null} records nothing, for the ledger's own migrations
		 * @param listener told about each file
		 * @return what was applied, and why it ended early if it did
		 */
		Result apply(ServiceDefinition service, List<Migration> migrations, @Nullable RunKey run, RunListener listener);

		/**
		 * Undoes migrations of one service, in the order given, each undo script in a
		 * transaction with the removal of its row from the history. One that cannot run
		 * in a transaction is removed when it is done.
		 * @param service the service
		 * @param steps what to undo
		 * @param run the run to record each success for, in the same transaction
		 * @param listener told about each undo script
		 * @return the undo scripts that are committed, and why it ended early if it did
		 */
		Result undo(ServiceDefinition service, List<Undo> steps, RunKey run, RunListener listener);

		/**
		 * Runs seeds of one service, in the order given, each in a transaction with its
		 * row in the ledger. No history knows of them.
		 * @param service the service, which is migrated
		 * @param seeds the seeds
		 * @param run the run to record each success for
		 * @param listener told about each seed
		 * @return the seeds that are committed, and why it ended early if it did
		 */
		Result seed(ServiceDefinition service, List<Migration> seeds, RunKey run, RunListener listener);

		/**
		 * Begins the history of a schema that was filled by something else: nothing up to
		 * a version will be applied there.
		 * @param service the service, whose schema exists and has no history
		 * @param version the version
		 * @param source from what the version is known, as the row says it; empty where a
		 * person says so
		 * @return why it failed; {@code null} if it did not
		 */
		@Nullable MigrationError baseline(ServiceDefinition service, Version version, String source);

		/**
		 * Cancels the running statement, from another thread. The file that it belongs to
		 * is rolled back.
		 */
		void cancel();

		@Override
		void close();

	}

	/**
	 * What became of one call.
	 *
	 * @param applied the files that are committed, in order
	 * @param failures the attempts that failed, in order; a file that did not get a lock
	 * is tried several times
	 * @param error why the last attempt failed; {@code null} if it did not
	 */
	record Result(List<AppliedFile> applied, List<FailedAttempt> failures, @Nullable MigrationError error) {

		public Result {
			applied = List.copyOf(applied);
			failures = List.copyOf(failures);
		}

		/**
		 * What PostgreSQL said during the attempt that the error is about.
		 * @return the notices, in order; none if there is no error
		 */
		public List<Notice> noticesOfFailure() {
			return (this.error == null || this.failures.isEmpty()) ? List.of()
					: this.failures.get(this.failures.size() - 1).notices();
		}

	}

	/**
	 * An applied migration and what undoes it.
	 *
	 * @param row its row in the history
	 * @param script its undo script
	 */
	record Undo(AppliedMigration row, Migration script) {

	}

	/**
	 * An attempt that failed and was rolled back, as far as it can be.
	 *
	 * @param error why
	 * @param durationMillis how long it took, in milliseconds
	 * @param notices what PostgreSQL said meanwhile, other than the error, in order, up
	 * to a bound
	 */
	record FailedAttempt(MigrationError error, long durationMillis, List<Notice> notices) {

		public FailedAttempt {
			notices = List.copyOf(notices);
		}

		/**
		 * An attempt during which PostgreSQL said nothing else.
		 * @param error why it failed
		 * @param durationMillis how long it took, in milliseconds
		 */
		public FailedAttempt(MigrationError error, long durationMillis) {
			this(error, durationMillis, List.of());
		}

	}

}
