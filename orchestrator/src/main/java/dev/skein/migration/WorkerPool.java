package dev.skein.migration;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the workers of one run, each with its connection, and cancels those that are
 * busy. Where the server gives no further session, steps wait for a worker that has one.
 * Where few steps are left, they wait for one a moment, too: to log another in takes the
 * server as long as some small files.
 */
final class WorkerPool implements AutoCloseable {

	/** However few steps there are, so many workers begin at once. */
	private static final int AT_ONCE = 2;

	/** For how many steps another worker pays. */
	private static final int STEPS = 3;

	/** What a few small files take, and a login with what comes after it. */
	private static final Duration PATIENCE = Duration.ofMillis(25);

	private final MigrationEngine engine;

	private final Duration warnAfter;

	private final SessionLimit limit;

	private final IntSupplier left;

	private final Deque<MigrationEngine.Worker> idle = new ArrayDeque<>();

	private final Set<MigrationEngine.Worker> busy = new HashSet<>();

	private boolean full;

	private boolean cancelled;

	/**
	 * A pool without workers.
	 * @param left how many steps have not ended
	 */
	WorkerPool(MigrationEngine engine, Duration warnAfter, SessionLimit limit, IntSupplier left) {
		this.engine = engine;
		this.warnAfter = warnAfter;
		this.limit = limit;
		this.left = left;
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

	private synchronized MigrationEngine.@Nullable Worker borrow() {
		if (!awaitIdle() || this.cancelled) {
			return null;
		}
		MigrationEngine.Worker worker = this.idle.poll();
		if (worker == null) {
			// It connects when it has something to do.
			worker = this.engine.open(this.warnAfter);
		}
		this.busy.add(worker);
		return worker;
	}

	/**
	 * Waits for an idle worker as long as no other may be opened, or would not pay.
	 * @return {@code false} if the thread was interrupted
	 */
	private synchronized boolean awaitIdle() {
		long start = System.nanoTime();
		while (this.idle.isEmpty() && !this.busy.isEmpty() && !this.cancelled) {
			long rest = this.full ? 0 : PATIENCE.toMillis() - (System.nanoTime() - start) / 1_000_000;
			if (!this.full && (rest <= 0 || isWorthAnother())) {
				return true;
			}
			try {
				wait(rest);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}
		return true;
	}

	private boolean isWorthAnother() {
		return this.busy.size() < AT_ONCE || this.left.getAsInt() > STEPS * (this.busy.size() + 1);
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
