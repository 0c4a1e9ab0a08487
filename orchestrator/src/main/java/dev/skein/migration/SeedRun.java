package dev.skein.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.plan.SeedPlan;
import org.jspecify.annotations.Nullable;

/**
 * Runs seeds one after the other. A seed that fails blocks those that follow of its
 * service, and of what requires that, and nothing else. Whoever uses it holds the run
 * lock.
 */
final class SeedRun {

	private final SeedPlan plan;

	private final DestructionGuard guard;

	private final WorkerPool workers;

	private final RunStop stop;

	private final RunRecorder recorder;

	private final RunListener listener;

	private final List<SeedReport> reports = new ArrayList<>();

	/** Services that cannot be seeded, with the one whose failure is the reason. */
	private final Map<ServiceName, ServiceName> culprits = new HashMap<>();

	SeedRun(SeedPlan plan, DestructionGuard guard, MigrationEngine engine, Duration warnAfter, RunRecorder recorder,
			RunListener listener, SessionLimit limit, RunStop stop) {
		this.plan = plan;
		this.guard = guard;
		this.workers = new WorkerPool(engine, warnAfter, limit, () -> 0);
		this.stop = stop;
		this.recorder = recorder;
		this.listener = listener;
		stop.onStop(this::cancel);
	}

	/**
	 * No seed is run, because not everything is migrated.
	 * @param culprit the service that failed, or {@code null} if the run was interrupted
	 */
	static List<SeedReport> blocked(SeedPlan plan, @Nullable ServiceName culprit) {
		List<SeedReport> reports = new ArrayList<>();
		for (SeedPlan.Batch batch : plan.batches()) {
			batch.files().forEach((file) -> reports.add(SeedReport.blocked(batch.service(), file, culprit)));
		}
		return reports;
	}

	List<SeedReport> run() {
		this.listener.seeding(this.plan.files());
		try (WorkerPool pool = this.workers) {
			for (SeedPlan.Batch batch : this.plan.batches()) {
				ServiceName culprit = culprit(batch);
				if (culprit != null) {
					block(batch, 0, culprit);
				}
				else {
					run(batch, pool);
				}
			}
		}
		return this.reports;
	}

	/**
	 * Ends the running seed and begins none any more.
	 */
	void cancel() {
		this.workers.cancel();
	}

	private @Nullable ServiceName culprit(SeedPlan.Batch batch) {
		ServiceName own = this.culprits.get(batch.service().name());
		return (own != null) ? own
				: batch.requires()
					.stream()
					.filter(this.culprits::containsKey)
					.sorted()
					.findFirst()
					.map(this.culprits::get)
					.orElse(null);
	}

	private void run(SeedPlan.Batch batch, WorkerPool pool) {
		if (this.stop.reason() != null) {
			block(batch, 0, null);
			return;
		}
		try {
			requireUnprotected();
			MigrationEngine.Result result = pool
				.run((worker) -> worker.seed(batch.service(), batch.files(), this.recorder.run(), this.listener));
			if (result == null) {
				block(batch, 0, null);
				return;
			}
			report(batch, result);
		}
		catch (RunLockLostException ex) {
			report(batch, ex.before());
			this.stop.because(ex);
			block(batch, ex.before().applied().size(), null);
		}
		catch (TooManyConnectionsException ex) {
			this.stop.because(ex);
			block(batch, 0, null);
		}
		catch (CannotStartException ex) {
			Migration first = batch.files().get(0);
			MigrationError error = new MigrationError(first.script().name(), first.script().location().file(), null,
					null, String.valueOf(ex.getMessage()),
					(ex.hint() != null) ? ex.hint() : "run again with the same seeds");
			MigrationEngine.FailedAttempt attempt = new MigrationEngine.FailedAttempt(error, 0);
			this.recorder.failed(batch.service(), AttemptKind.SEED, attempt);
			fail(batch, 0, attempt);
		}
	}

	/**
	 * Somebody may have protected the database since the run began.
	 */
	private void requireUnprotected() {
		this.guard.protection().ifPresent((protection) -> {
			throw new CannotStartException("the database is " + protection, Protection.NO_SEEDS, null);
		});
	}

	private void report(SeedPlan.Batch batch, MigrationEngine.Result result) {
		result.applied().forEach((file) -> this.reports.add(SeedReport.applied(batch.service(), file)));
		this.recorder.failed(batch.service(), AttemptKind.SEED, result.failures());
		if (this.recorder.isLockLost()) {
			this.stop.because(new RunLockLostException());
		}
		if (result.error() != null) {
			fail(batch, result.applied().size(), result.failures().get(result.failures().size() - 1));
		}
	}

	private void fail(SeedPlan.Batch batch, int index, MigrationEngine.FailedAttempt attempt) {
		ServiceDefinition service = batch.service();
		this.culprits.put(service.name(), service.name());
		this.reports.add(SeedReport.failed(service, batch.files().get(index), attempt));
		this.listener.failed(service, attempt.error());
		block(batch, index + 1, service.name());
	}

	private void block(SeedPlan.Batch batch, int from, @Nullable ServiceName culprit) {
		batch.files()
			.subList(from, batch.files().size())
			.forEach((file) -> this.reports.add(SeedReport.blocked(batch.service(), file, culprit)));
	}

}
