package dev.skein.migration;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the workers of one run, each with its connection, and cancels those that are
 * busy. Where the server gives no further session, steps wait for a worker that has one.
 */
final class WorkerPool implements AutoCloseable {

	private final MigrationEngine engine;

	private final Duration warnAfter;

	private final SessionLimit limit;

	private final Deque<MigrationEngine.Worker> idle = new ArrayDeque<>();

	private final Set<MigrationEngine.Worker> busy = new HashSet<>();

	private boolean full;

	private boolean cancelled;

	WorkerPool(MigrationEngine engine, Duration warnAfter, SessionLimit limit) {
		this.engine = engine;
		this.warnAfter = warnAfter;
		this.limit = limit;
	}

	/**
	 * Something that a worker does.
	 */
	interface Work {

		MigrationEngine.Result by(MigrationEngine.Worker worker);

	}

	/**
	 * Has an idle worker or a new one do something, or waits for one where the server
	 * gives no further session.
	 * @return what became of it; {@code null} once the run is cancelled
	 * @throws TooManyConnectionsException if there is not a single session to be had
	 * @throws CannotStartException if there is no connection to be had
	 */
	MigrationEngine.@Nullable Result run(Work work) {
		while (true) {
			TooManyConnectionsException refused;
			MigrationEngine.Worker worker = null;
			try {
				worker = borrow();
				if (worker == null) {
					return null;
				}
				MigrationEngine.Result result = work.by(worker);
				giveBack(worker);
				return result;
			}
			catch (TooManyConnectionsException ex) {
				refused = ex;
			}
			catch (RuntimeException ex) {
				if (worker != null) {
					giveBack(worker);
				}
				throw ex;
			}
			if (!retire(worker)) {
				throw this.limit.ends(refused);
			}
			this.limit.goesOn(refused);
		}
	}

	private MigrationEngine.@Nullable Worker borrow() {
		MigrationEngine.Worker worker;
		synchronized (this) {
			while (this.full && this.idle.isEmpty() && !this.busy.isEmpty() && !this.cancelled) {
				try {
					wait();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
					return null;
				}
			}
			worker = this.idle.poll();
			if (worker == null && this.cancelled) {
				return null;
			}
		}
		if (worker == null) {
			// Outside the lock: connecting takes its time.
			worker = this.engine.open(this.warnAfter);
		}
		synchronized (this) {
			if (this.cancelled) {
				this.idle.push(worker);
				return null;
			}
			this.busy.add(worker);
			return worker;
		}
	}

	private synchronized void giveBack(MigrationEngine.Worker worker) {
		this.busy.remove(worker);
		this.idle.push(worker);
		notifyAll();
	}

	/**
	 * Opens no worker any more.
	 * @param worker the one without a session; {@code null} if it could not be opened
	 * @return whether others are left to wait for
	 */
	private synchronized boolean retire(MigrationEngine.@Nullable Worker worker) {
		this.full = true;
		if (worker != null) {
			this.busy.remove(worker);
			worker.close();
		}
		notifyAll();
		return !this.busy.isEmpty() || !this.idle.isEmpty();
	}

	synchronized void cancel() {
		this.cancelled = true;
		this.busy.forEach(MigrationEngine.Worker::cancel);
		notifyAll();
	}

	@Override
	public synchronized void close() {
		this.idle.forEach(MigrationEngine.Worker::close);
	}

}
