package dev.skein.flyway;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.BlockingSession;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.MigrationError;
import dev.skein.migration.RunKey;
import dev.skein.migration.RunListener;
import dev.skein.migration.RunLockLostException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * Runs files of one service, one after the other, and tries one again that did not get a
 * lock. Each is committed before the next begins.
 */
final class ServiceRun {

	/** The run or the server was ended: nothing more is tried. */
	private static final Pattern STOPPED = Pattern.compile("57...|08...");

	private final ServiceDefinition service;

	private final WorkerSession session;

	private final SessionSource source;

	private final FileWatch watch;

	private final @Nullable RunKey run;

	private final RunListener listener;

	private final FileAttempt attempt;

	private final FailureDescription description;

	private final ExistingCheck existing;

	/** The file that runs now, perhaps with statements left out. */
	private @Nullable ScriptTask next;

	/** Whether the last failure is none, since what the statement makes is there. */
	private boolean accepted;

	private final List<AppliedFile> done = new ArrayList<>();

	private final List<MigrationEngine.FailedAttempt> failures = new ArrayList<>();

	ServiceRun(ServiceDefinition service, WorkerSession session, SessionSource source, HistoryTable history,
			FileWatch watch, @Nullable RunKey run, RunListener listener, boolean dependedOn) {
		this.service = service;
		this.session = session;
		this.source = source;
		this.watch = watch;
		this.run = run;
		this.listener = listener;
		this.attempt = new FileAttempt(service, session, history, watch, run, source, dependedOn);
		this.description = new FailureDescription(service, session, source);
		this.existing = new ExistingCheck(service, new SameObject(service, session, source));
	}

	/**
	 * Runs the files in their order, up to the first that fails, and then what has to run
	 * again because of them: those before it are committed.
	 * @param again finds that when the files have run
	 */
	MigrationEngine.Result run(List<? extends ScriptTask> tasks, Again again, LockRetry retry) {
		MigrationError error = each(tasks, retry);
		if (error == null || !STOPPED.matcher(String.valueOf(error.sqlState())).matches()) {
			MigrationError repeated = repeat(again, retry);
			error = (error != null) ? error : repeated;
		}
		if (error == null || this.attempt.uncommitted() != null) {
			MigrationError last = commitLast();
			error = (error != null) ? error : last;
		}
		return new MigrationEngine.Result(this.done, this.failures, error);
	}

	private @Nullable MigrationError each(List<? extends ScriptTask> tasks, LockRetry retry) {
		for (ScriptTask task : tasks) {
			MigrationError error;
			this.next = task;
			do {
				error = attempt(Objects.requireNonNull(this.next));
			}
			while (error != null && (this.accepted || retry.mayTryAgain(error, named(task, error))));
			if (error != null) {
				return error;
			}
		}
		return null;
	}

	private @Nullable MigrationError repeat(Again again, LockRetry retry) {
		try {
			return isOpen() ? each(again.find(), retry) : null;
		}
		catch (SQLException ex) {
			MigrationError error = MigrationFailure.inSetup(ex, null, AttemptKind.MIGRATE).error();
			this.failures.add(new MigrationEngine.FailedAttempt(error, 0));
			return error;
		}
	}

	private static @Nullable Migration named(ScriptTask task, MigrationError error) {
		return task.script().script().name().equals(error.migration()) ? task.script() : null;
	}

	private @Nullable MigrationError attempt(ScriptTask task) {
		FileAttempt.Pending before = this.attempt.uncommitted();
		boolean[] begun = { false };
		this.accepted = false;
		int process = processId();
		try {
			this.attempt.run(task, this.listener, () -> {
				begun[0] = true;
				committed(before);
			});
			return null;
		}
		catch (RunLockLostException ex) {
			this.session.close();
			throw new RunLockLostException(new MigrationEngine.Result(this.done, this.failures, null));
		}
		catch (SQLException | FlywayException ex) {
			List<BlockingSession> blockers = this.watch.end();
			return begun[0] ? failed(task, ex, blockers) : notBegun(task, before, process, ex);
		}
		finally {
			this.watch.end();
		}
	}

	private MigrationError failed(ScriptTask task, Exception failure, List<BlockingSession> blockers) {
		long millis = this.attempt.runningMillis();
		this.session.rollBack();
		this.attempt.forget();
		MigrationFailure described = this.description.describe(failure, task, blockers);
		ExistingCheck.Answer answer = this.existing.of(described, task);
		MigrationTask again = answer.again();
		if (again != null) {
			this.accepted = true;
			this.next = again;
			return described.error();
		}
		MigrationError error = answer.error(described.error());
		this.failures.add(new MigrationEngine.FailedAttempt(error, millis, this.attempt.notices()));
		return error;
	}

	/**
	 * The message that commits the file before and prepares this one failed.
	 */
	private MigrationError notBegun(ScriptTask task, FileAttempt.@Nullable Pending before, int process,
			Exception failure) {
		this.session.rollBack();
		this.attempt.forget();
		MigrationError error = (before == null) ? null : settle(before, process, failure);
		if (error == null) {
			error = MigrationFailure.inSetup(failure, null, task.kind()).error();
			this.failures.add(new MigrationEngine.FailedAttempt(error, 0));
		}
		return error;
	}

	/**
	 * Commits the last file, and leaves the session clean.
	 */
	private @Nullable MigrationError commitLast() {
		FileAttempt.Pending last = this.attempt.uncommitted();
		int process = processId();
		try {
			this.session.leave();
			committed(last);
			return null;
		}
		catch (SQLException ex) {
			this.session.rollBack();
			return (last == null) ? null : settle(last, process, ex);
		}
	}

	/**
	 * Finds out whether a file whose commit failed, or whose answer was lost, is
	 * committed.
	 * @return why it is not; {@code null} if it is
	 */
	private @Nullable MigrationError settle(FileAttempt.Pending pending, int process, Exception failure) {
		CommitOutcome outcome = (this.run == null) ? CommitOutcome.ROLLED_BACK
				: CommitOutcome.of(this.source, isOpen() ? 0 : process, this.run, this.service, pending);
		if (outcome == CommitOutcome.COMMITTED) {
			committed(pending);
			return null;
		}
		MigrationError error = this.description.of(failure, pending.task(), List.of());
		if (outcome == CommitOutcome.UNKNOWN) {
			String lost = "the server's answer to COMMIT was lost, so it is not known whether the file is applied: ";
			error = new MigrationError(error.migration(), error.file(), null, error.sqlState(), lost + error.message(),
					"the next run looks, and goes on from there")
				.withPlainMessage(lost + error.plainMessage());
		}
		this.failures
			.add(new MigrationEngine.FailedAttempt(error, pending.file().durationMillis(), pending.file().notices()));
		return error;
	}

	private void committed(FileAttempt.@Nullable Pending pending) {
		if (pending != null) {
			this.done.add(pending.file());
			pending.task().tell(this.listener, pending.file());
		}
	}

	private boolean isOpen() {
		try {
			return this.session.isOpen();
		}
		catch (SQLException ex) {
			return false;
		}
	}

	private int processId() {
		try {
			return this.session.isOpen() ? this.session.processId() : 0;
		}
		catch (SQLException ex) {
			return 0;
		}
	}

	/**
	 * Finds files that have to run again because of others.
	 */
	interface Again {

		List<? extends ScriptTask> find() throws SQLException;

	}

}
