package dev.skein.migration;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the workers of one run, each with its connection, and cancels those that are
 * busy.
 */
final class WorkerPool implements AutoCloseable {

	private final MigrationEngine engine;

	private final Duration warnAfter;

	private final Deque<MigrationEngine.Worker> idle = new ArrayDeque<>();

	private final Set<MigrationEngine.Worker> busy = new HashSet<>();

	private boolean cancelled;

	WorkerPool(MigrationEngine engine, Duration warnAfter) {
		this.engine = engine;
		this.warnAfter = warnAfter;
	}

	/**
	 * Lends an idle worker or a new one.
	 * @return the worker, to be given back; {@code null} once the run is cancelled
	 * @throws CannotStartException if there is no connection to be had
	 */
	MigrationEngine.@Nullable Worker borrow() {
		MigrationEngine.Worker worker;
		synchronized (this) {
			worker = this.idle.poll();
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

	synchronized void giveBack(MigrationEngine.Worker worker) {
		this.busy.remove(worker);
		this.idle.push(worker);
	}

	synchronized void cancel() {
		this.cancelled = true;
		this.busy.forEach(MigrationEngine.Worker::cancel);
	}

	@Override
	public synchronized void close() {
		this.idle.forEach(MigrationEngine.Worker::close);
	}

}
