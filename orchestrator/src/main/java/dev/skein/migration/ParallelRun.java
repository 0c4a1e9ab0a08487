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

	private final int jobs;

	private final WorkerPool workers;

	private final StepExecution execution;

	private final RunListener listener;

	/** Shared by steps in transactions, exclusive for one that must run alone. */
	private final ReadWriteLock company = new ReentrantReadWriteLock(true);

	private final CountDownLatch open;

	private final @Nullable StepResult[] results;

	private final int[] missing;

	private final List<List<Integer>> dependents = new ArrayList<>();

	ParallelRun(List<StepWork> work, MigrationEngine engine, MigrateOptions options, RunRecorder recorder,
			RunListener listener) {
		this.work = work;
		this.jobs = options.jobs();
		this.workers = new WorkerPool(engine, options.warnAfter());
		this.execution = new StepExecution(this.workers, recorder, listener);
		this.listener = listener;
		this.open = new CountDownLatch(work.size());
		this.results = new StepResult[work.size()];
		this.missing = work.stream().mapToInt((item) -> item.step().requires().size()).toArray();
		work.forEach((item) -> this.dependents.add(new ArrayList<>()));
		for (int i = 0; i < work.size(); i++) {
			for (int required : work.get(i).step().requires()) {
				this.dependents.get(required).add(i);
			}
		}
	}

	/**
	 * Runs every step that can be run.
	 * @return the results in the order of the steps
	 */
	List<StepResult> run() {
		ExecutorService threads = Executors.newFixedThreadPool(this.jobs);
		try {
			for (int i = 0; i < this.work.size(); i++) {
				if (this.work.get(i).step().requires().isEmpty()) {
					submit(threads, i);
				}
			}
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
	}

	private void submit(ExecutorService threads, int index) {
		threads.execute(() -> {
			StepResult result;
			try {
				result = result(index);
			}
			catch (RuntimeException ex) {
				result = new StepResult.Failed(List.of(), new MigrationError(null, null, null, null, String.valueOf(ex),
						"this is a fault of Skein's, report it"));
			}
			end(threads, index, result);
		});
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
		for (int dependent : this.dependents.get(index)) {
			if (--this.missing[dependent] == 0) {
				submit(threads, dependent);
			}
		}
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
