package dev.skein.migration;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * Runs steps along the graph, several at once. A failed step blocks what requires it and
 * nothing else.
 */
final class ParallelRun {

	private final List<StepWork> work;

	private final MigrationEngine engine;

	private final RunListener listener;

	private final MigrateOptions options;

	private final RunRecorder recorder;

	/** Shared by steps in transactions, exclusive for one that must run alone. */
	private final ReadWriteLock company = new ReentrantReadWriteLock(true);

	private final CountDownLatch open;

	private final @Nullable StepResult[] results;

	private final int[] missing;

	private final List<List<Integer>> dependents = new ArrayList<>();

	private final Deque<MigrationEngine.Worker> idle = new ArrayDeque<>();

	private final Set<MigrationEngine.Worker> busy = new HashSet<>();

	private boolean cancelled;

	ParallelRun(List<StepWork> work, MigrationEngine engine, MigrateOptions options, RunRecorder recorder,
			RunListener listener) {
		this.recorder = recorder;
		this.work = work;
		this.engine = engine;
		this.options = options;
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
		ExecutorService threads = Executors.newFixedThreadPool(this.options.jobs());
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
			this.idle.forEach(MigrationEngine.Worker::close);
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
	synchronized void cancel() {
		this.cancelled = true;
		this.busy.forEach(MigrationEngine.Worker::cancel);
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
			return apply(item);
		}
		finally {
			lock.unlock();
		}
	}

	private StepResult apply(StepWork item) {
		MigrationEngine.Worker worker = null;
		try {
			worker = borrow();
			if (worker == null) {
				return new StepResult.Blocked(null);
			}
			List<Migration> migrations = new ArrayList<>(item.step().service().versioned());
			migrations.removeIf((migration) -> isAfter(migration, item));
			item.step().migrations().stream().filter((one) -> one.version() == null).forEach(migrations::add);
			long start = System.nanoTime();
			MigrationEngine.Result result = worker.apply(item.step().service(), migrations, this.recorder.run(),
					this.listener);
			if (result.error() == null) {
				return new StepResult.Done(result.applied());
			}
			long applied = result.applied().stream().mapToLong(AppliedFile::durationMillis).sum();
			long failed = Math.max(0, (System.nanoTime() - start) / 1_000_000 - applied);
			this.recorder.failed(item.step().service(), result.error(), failed);
			return new StepResult.Failed(result.applied(), result.error());
		}
		catch (CannotStartException ex) {
			return new StepResult.Failed(List.of(),
					new MigrationError(null, null, null, null, String.valueOf(ex.getMessage()),
							(ex.hint() != null) ? ex.hint() : "the next run goes on from here"));
		}
		finally {
			giveBack(worker);
		}
	}

	private static boolean isAfter(Migration migration, StepWork item) {
		return migration.version() == null || item.step().to() == null
				|| migration.version().compareTo(item.step().to()) > 0;
	}

	/**
	 * An idle worker or a new one; {@code null} once the run is cancelled.
	 */
	private MigrationEngine.@Nullable Worker borrow() {
		MigrationEngine.Worker worker;
		synchronized (this) {
			worker = this.idle.poll();
		}
		if (worker == null) {
			worker = this.engine.open(this.options.warnAfter());
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

	private synchronized void giveBack(MigrationEngine.@Nullable Worker worker) {
		if (worker != null) {
			this.busy.remove(worker);
			this.idle.push(worker);
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
