package dev.skein.flyway;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.BlockingSession;
import dev.skein.migration.RunKey;
import dev.skein.migration.RunListener;
import org.jspecify.annotations.Nullable;

/**
 * Watches the file that runs, from a connection of its own, since the worker's is busy:
 * tells who blocks it, and that it runs long, and notes in the ledger that it runs. No
 * file fails because it cannot be watched. A file that ends quickly costs no connection,
 * and does not wake the watching thread either: one timer is for all files.
 */
final class FileWatch implements AutoCloseable {

	private static final long LONGEST_PAUSE = 1000;

	private static final long SHORTEST_PAUSE = 50;

	private final SessionSource source;

	private final long warnAfter;

	private final ScheduledThreadPoolExecutor thread;

	private @Nullable RunningFileNote note;

	private @Nullable Watched watched;

	private @Nullable ScheduledFuture<?> timer;

	/** Used by the watching thread only. */
	private @Nullable Connection connection;

	FileWatch(SessionSource source, Duration warnAfter) {
		this.source = source;
		this.warnAfter = warnAfter.isZero() ? Long.MAX_VALUE : Math.max(1, warnAfter.toMillis());
		this.thread = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "skein-watch");
			thread.setDaemon(true);
			return thread;
		});
		this.thread.setRemoveOnCancelPolicy(true);
	}

	/**
	 * Says which run the files belong to that begin from now on.
	 * @param run the run; {@code null} if its files are not in the ledger
	 * @param kind what they are to do
	 */
	synchronized void follow(@Nullable RunKey run, AttemptKind kind) {
		this.note = (run == null) ? null : new RunningFileNote(run.run(), kind);
	}

	/**
	 * Watches a file instead of the one before.
	 * @param lockTimeout how long it waits for a lock; a holder must be seen before that
	 */
	synchronized void begin(ServiceDefinition service, Migration migration, int processId, Duration lockTimeout,
			RunListener listener) {
		long half = lockTimeout.isZero() ? LONGEST_PAUSE : lockTimeout.toMillis() / 2;
		long pause = Math.max(SHORTEST_PAUSE, Math.min(LONGEST_PAUSE, Math.min(half, this.warnAfter)));
		this.watched = new Watched(service, migration, this.note, processId, listener, pause);
		if (this.timer == null || this.timer.getDelay(TimeUnit.MILLISECONDS) > pause) {
			wakeIn(pause);
		}
	}

	/**
	 * Ends the watch.
	 * @return who blocked the file when it was last looked at
	 */
	synchronized List<BlockingSession> end() {
		Watched file = this.watched;
		this.watched = null;
		return (file == null) ? List.of() : file.blockers;
	}

	private synchronized void wakeIn(long millis) {
		if (this.timer != null) {
			this.timer.cancel(false);
		}
		this.timer = this.thread.schedule(this::wake, millis, TimeUnit.MILLISECONDS);
	}

	/**
	 * Looks at the file that runs, if it has run for long enough.
	 */
	private void wake() {
		Watched file = due();
		if (file == null) {
			return;
		}
		look(file);
		synchronized (this) {
			if (this.watched == file) {
				wakeIn(file.pause);
				return;
			}
		}
		// The worker may be about to log in again, where few sessions are allowed.
		disconnect();
	}

	private synchronized @Nullable Watched due() {
		this.timer = null;
		Watched file = this.watched;
		long left = (file == null) ? 0 : file.pause - file.runningMillis();
		if (left > 0) {
			wakeIn(left);
			return null;
		}
		return file;
	}

	private void look(Watched file) {
		WaitQuery.Answer answer;
		try {
			answer = WaitQuery.ask(connection(), file.processId);
		}
		catch (SQLException ex) {
			// The file itself may still run well; the next look tries again.
			disconnect();
			return;
		}
		synchronized (this) {
			if (this.watched == file) {
				tell(file, answer);
			}
		}
		note(file);
	}

	/**
	 * Once for each attempt. Where it cannot be written, the run's own record has to do.
	 */
	private void note(Watched file) {
		RunningFileNote note = file.note;
		file.note = null;
		try {
			if (note != null) {
				note.write(connection(), file.service, file.migration, file.runningMillis());
			}
		}
		catch (SQLException ex) {
			disconnect();
		}
	}

	private void tell(Watched file, WaitQuery.Answer answer) {
		if (!answer.blockers().isEmpty()) {
			file.blockers = answer.blockers();
			Set<Integer> processes = new HashSet<>();
			answer.blockers().forEach((session) -> processes.add(session.processId()));
			if (!processes.equals(file.told)) {
				file.told = processes;
				file.listener.blocked(file.service, file.migration, answer.blockers());
			}
		}
		long running = file.runningMillis();
		if (running >= file.warnings * this.warnAfter) {
			file.warnings = running / this.warnAfter + 1;
			file.listener.slow(file.service, file.migration, Duration.ofMillis(running), answer.waitsFor(),
					answer.blockers());
		}
	}

	private Connection connection() throws SQLException {
		Connection open = this.connection;
		if (open == null) {
			open = this.source.own();
			this.connection = open;
		}
		return open;
	}

	private void disconnect() {
		Connection open = this.connection;
		this.connection = null;
		try {
			if (open != null) {
				open.close();
			}
		}
		catch (SQLException ex) {
			// The server ends the session by itself once the socket is closed.
		}
	}

	@Override
	public synchronized void close() {
		end();
		if (this.timer != null) {
			this.timer.cancel(false);
		}
		if (this.thread.getPoolSize() > 0) {
			this.thread.execute(this::disconnect);
		}
		this.thread.shutdown();
	}

	/**
	 * A running file.
	 */
	private static final class Watched {

		private final ServiceDefinition service;

		private final Migration migration;

		/** Still to be written; used by the watching thread only. */
		private @Nullable RunningFileNote note;

		private final int processId;

		private final RunListener listener;

		private final long pause;

		private final long start = System.nanoTime();

		private List<BlockingSession> blockers = List.of();

		private Set<Integer> told = Set.of();

		private long warnings = 1;

		Watched(ServiceDefinition service, Migration migration, @Nullable RunningFileNote note, int processId,
				RunListener listener, long pause) {
			this.service = service;
			this.migration = migration;
			this.note = note;
			this.processId = processId;
			this.listener = listener;
			this.pause = pause;
		}

		long runningMillis() {
			return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - this.start);
		}

	}

}
