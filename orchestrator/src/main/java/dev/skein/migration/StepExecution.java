package dev.skein.migration;

import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.Version;
import dev.skein.plan.Step;

/**
 * Runs one step on a worker of the pool, and records its failure. Stops the run where
 * nothing more may be begun.
 */
final class StepExecution {

	private final LaterSchemas later;

	private final WorkerPool workers;

	private final RunStop stop;

	private final RunRecorder recorder;

	private final RunListener listener;

	StepExecution(LaterSchemas later, WorkerPool workers, RunStop stop, RunRecorder recorder, RunListener listener) {
		this.later = later;
		this.workers = workers;
		this.stop = stop;
		this.recorder = recorder;
		this.listener = listener;
	}

	StepResult run(StepWork item) {
		try {
			this.later.require(item.step().service());
			MigrationEngine.Result result = this.workers.run((worker) -> worker.apply(item.step().service(),
					upTo(item.step()), this.recorder.run(), this.listener));
			return (result == null) ? new StepResult.Blocked(null) : ended(item.step(), result);
		}
		catch (RunLockLostException ex) {
			record(item.step(), ex.before());
			this.stop.because(ex);
			return new StepResult.Stopped(ex.before().applied());
		}
		catch (TooManyConnectionsException ex) {
			this.stop.because(ex);
			return new StepResult.Stopped(List.of());
		}
		catch (CannotStartException ex) {
			return new StepResult.Failed(new MigrationError(null, null, null, null, String.valueOf(ex.getMessage()),
					(ex.hint() != null) ? ex.hint() : "the next run goes on from here"));
		}
	}

	private StepResult ended(Step step, MigrationEngine.Result result) {
		record(step, result);
		return (result.error() == null) ? new StepResult.Done(result.applied())
				: new StepResult.Failed(result.applied(), result.error(), result.noticesOfFailure());
	}

	private void record(Step step, MigrationEngine.Result result) {
		AttemptKind kind = (step.service().tool() == null) ? AttemptKind.MIGRATE : AttemptKind.RUN;
		this.recorder.failed(step.service(), kind, result.failures());
		if (this.recorder.isLockLost()) {
			this.stop.because(new RunLockLostException());
		}
	}

	/**
	 * The service's files up to the end of the step: the engine is shown those that are
	 * applied already, too, but none that must still wait.
	 */
	static List<Migration> upTo(Step step) {
		Version to = step.to();
		List<Migration> migrations = new ArrayList<>();
		for (Migration migration : step.service().versioned()) {
			if (to != null && migration.version() != null && migration.version().compareTo(to) <= 0) {
				migrations.add(migration);
			}
		}
		step.migrations().stream().filter((migration) -> migration.version() == null).forEach(migrations::add);
		return migrations;
	}

}
