package dev.skein.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import dev.skein.catalog.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * Runs steps along the graph, several at once. A failed step blocks what requires it and
 * nothing else.
 */
final class ParallelRun {

	private final List<StepWork> work;

	private final LaterSchemas later;

	private final int jobs;

	private final WorkerPool workers;

	private final StepExecution execution;

	private final RunListener listener;

	/** Shared by steps in transactions, exclusive for one that must run alone. */
	private final ReadWriteLock company = new ReentrantReadWriteLock(true);

	private final CountDownLatch open;

	private final @Nullable StepResult[] results;

	private final StepOrder order;

	ParallelRun(List<StepWork> work, LaterSchemas later, MigrationEngine engine, MigrateOptions options,
			RunRecorder recorder, RunListener listener, SessionLimit limit, RunStop stop) {
		this.work = work;
		this.later = later;
		this.jobs = options.jobs();
		CountDownLatch steps = new CountDownLatch(work.size());
		this.open = steps;
		this.workers = new WorkerPool(engine, options.warnAfter(), limit, () -> (int) steps.getCount());
		this.execution = new StepExecution(later, this.workers, stop, recorder, listener);
		stop.onStop(this::cancel);
		this.listener = listener;
		this.results = new StepResult[work.size()];
		this.order = new StepOrder(work, later.services());
	}

	/**
	 * Runs every step that can be run.
	 * @return the results in the order of the steps
	 */
	List<StepResult> run() {
		ExecutorService threads = Executors.newFixedThreadPool(this.jobs);
		try {
			submit(threads, this.order.first());
			this.later.make((service) -> submit(threads, this.order.after(service)));
			awaitAll();
		}
		finally {
			threads.shutdownNow();
			this.workers.close();
		}
		List<StepResult> ended = new ArrayList<>();
		for (StepResult result : this.results) {
			ended.add((result != null) ? result : new StepResult.Blocked(null));
		}
		return ended;
	}

	/**
	 * Waits even when interrupted: what runs is cancelled then, and ends soon.
	 */
	private void awaitAll() {
		while (this.open.getCount() > 0) {
			try {
				this.open.await();
			}
			catch (InterruptedException ex) {
				cancel();
			}
		}
	}

	/**
	 * Ends the running statements and begins no step any more.
	 */
	void cancel() {
		this.workers.cancel();
		this.later.cancel();
	}

	private void submit(ExecutorService threads, List<Integer> steps) {
		steps.forEach((index) -> threads.execute(() -> {
			StepResult result;
			try {
				result = result(index);
			}
			catch (RuntimeException ex) {
				result = new StepResult.Failed(new MigrationError(null, null, null, null, String.valueOf(ex),
						"this is a fault of Skein's, report it")
					.withPlainMessage("unexpected: " + ex.getClass().getName()));
			}
			end(threads, index, result);
		}));
	}

	private StepResult result(int index) {
		StepWork item = this.work.get(index);
		for (int required : item.step().requires()) {
			ServiceName culprit = culprit(required);
			if (culprit != null) {
				return new StepResult.Blocked(culprit);
			}
		}
		if (item.isDone()) {
			return new StepResult.Done(List.of());
		}
		Lock lock = item.runsAlone() ? this.company.writeLock() : this.company.readLock();
		lock.lock();
		try {
			return this.execution.run(item);
		}
		finally {
			lock.unlock();
		}
	}

	private synchronized void end(ExecutorService threads, int index, StepResult result) {
		this.results[index] = result;
		if (result instanceof StepResult.Failed failed) {
			this.listener.failed(this.work.get(index).step().service(), failed.error());
		}
		submit(threads, this.order.after(index));
		this.open.countDown();
	}

	/**
	 * The service whose failure blocks whatever requires this step.
	 */
	private synchronized @Nullable ServiceName culprit(int index) {
		StepResult result = this.results[index];
		if (result instanceof StepResult.Failed) {
			return this.work.get(index).step().service().name();
		}
		return (result instanceof StepResult.Blocked blocked) ? blocked.culprit() : null;
	}

}
