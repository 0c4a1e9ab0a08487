package dev.skein.migration;

import java.util.List;
import java.util.Set;

import dev.skein.catalog.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * Why a file was not run to its end, in fields. {@link HintText} words what to do.
 */
public sealed interface FailureCause {

	/**
	 * The same cause with the sessions that held the lock.
	 * @param sessions the sessions
	 * @return the cause
	 */
	default FailureCause withBlockers(List<BlockingSession> sessions) {
		return this;
	}

	/**
	 * The same cause with how an existing table differs from the one that the file would
	 * create.
	 * @param text the differences, one clause
	 * @return the cause
	 */
	default FailureCause withDifferences(String text) {
		return this;
	}

	/**
	 * The same cause with the service whose file it was.
	 * @param name the service
	 * @return the cause
	 */
	default FailureCause withService(ServiceName name) {
		return this;
	}

	/**
	 * A statement of a file failed, or the commit of that file.
	 *
	 * @param error the error
	 * @param attempt what the file was run for, and how
	 * @param statement what failed
	 * @param blockers the sessions that held the lock at the last look; empty if the file
	 * did not fail for a lock
	 * @param differences how an existing table differs from the one that the statement
	 * would create; {@code null} if it creates none
	 * @param service the service whose file it was; {@code null} if that is not known
	 */
	record InFile(ServerError error, FileAttempt attempt, FailedStatement statement, List<BlockingSession> blockers,
			@Nullable String differences, @Nullable ServiceName service) implements FailureCause {

		public InFile {
			blockers = List.copyOf(blockers);
		}

		/**
		 * A cause whose service is not known.
		 */
		public InFile(ServerError error, FileAttempt attempt, FailedStatement statement, List<BlockingSession> blockers,
				@Nullable String differences) {
			this(error, attempt, statement, blockers, differences, null);
		}

		@Override
		public FailureCause withBlockers(List<BlockingSession> sessions) {
			return new InFile(this.error, this.attempt, this.statement, sessions, this.differences, this.service);
		}

		@Override
		public FailureCause withDifferences(String text) {
			return new InFile(this.error, this.attempt, this.statement, this.blockers, text, this.service);
		}

		@Override
		public FailureCause withService(ServiceName name) {
			return new InFile(this.error, this.attempt, this.statement, this.blockers, this.differences, name);
		}

		String sqlState() {
			return this.error.sqlState();
		}

		@Nullable String routine() {
			return this.error.routine();
		}

		/**
		 * Which kind of object is missing, as far as the statement or the server's
		 * function says.
		 */
		MissingObject missing() {
			return sqlState().equals("42704") && Set.of("set", "show", "reset").contains(this.statement.verb())
					? MissingObject.PARAMETER : MissingObject.of(sqlState(), routine());
		}

	}

	/**
	 * A statement of Skein's own failed: one that sets up the session, or writes the
	 * history or the ledger. No file is at fault.
	 *
	 * @param error the error
	 * @param kind what the file was to be run for
	 * @param blockers the sessions that held the lock at the last look
	 */
	record InSetup(ServerError error, AttemptKind kind, List<BlockingSession> blockers) implements FailureCause {

		public InSetup {
			blockers = List.copyOf(blockers);
		}

		@Override
		public FailureCause withBlockers(List<BlockingSession> sessions) {
			return new InSetup(this.error, this.kind, sessions);
		}

	}

	/**
	 * Refused without an error of PostgreSQL.
	 *
	 * @param reason why
	 * @param kind what the file was to be run for
	 */
	record Refused(Reason reason, AttemptKind kind) implements FailureCause {

		/**
		 * Why something is refused.
		 */
		public enum Reason {

			/** Another session holds Flyway's lock on the history. */
			HISTORY_LOCKED,
			/** The schema has tables but no history. */
			SCHEMA_NOT_EMPTY,
			/** Flyway or Skein does not accept what the file says or did. */
			FILE,
			/** A file would have changed what belongs to other services. */
			WOULD_TAKE_ALONG,
			/** It did, and could not be rolled back. */
			TOOK_ALONG,
			/** A file that ran as the given user changed what is outside its schema. */
			CHANGED_OUTSIDE,
			/** A trigger of the service keeps its history from being written. */
			HISTORY_TRIGGER,
			/** Something else, before any file was run. */
			SETUP

		}

	}

	/**
	 * What the server said, but for its words, which may be in any language.
	 *
	 * @param sqlState PostgreSQL's error code, or the one that the driver gives
	 * @param routine the server's function that reported the error; {@code null} if the
	 * error is the driver's
	 * @param context PostgreSQL's CONTEXT, or {@code null}
	 * @param schema the schema of the object that the error is about, or {@code null}
	 * @see <a href=
	 * "https://www.postgresql.org/docs/current/protocol-error-fields.html">PostgreSQL:
	 * error and notice message fields</a>
	 */
	record ServerError(String sqlState, @Nullable String routine, @Nullable String context, @Nullable String schema) {

	}

	/**
	 * What a file was run for, and how.
	 *
	 * @param kind what for
	 * @param transaction whether it ran in one transaction
	 * @param roles whether it ran as the role of its service
	 * @param lastLineDone the last line that is committed although the file failed,
	 * counted from 1; {@code null} if no line is, or that is not known
	 */
	record FileAttempt(AttemptKind kind, boolean transaction, boolean roles, @Nullable Integer lastLineDone) {

	}

}
