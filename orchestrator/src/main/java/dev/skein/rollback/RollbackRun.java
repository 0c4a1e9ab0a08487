package dev.skein.rollback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.MigrateOptions;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.Notice;
import dev.skein.migration.Outcome;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.RollbackRecord;
import dev.skein.migration.RunContext;
import dev.skein.migration.RunListener;
import dev.skein.migration.RunLockLostException;
import dev.skein.migration.RunReport;
import org.jspecify.annotations.Nullable;

/**
 * Undoes what a plan says, one migration after the other, and ends at the first that
 * fails. Each is whole or not at all, so what is undone then stays so, and the same
 * command goes on from there.
 */
final class RollbackRun {

	private final PlatformDatabase database;

	private final MigrationEngine engine;

	private final RollbackPlan plan;

	private final MigrateOptions options;

	private final RunContext context;

	private final RunListener listener;

	private final List<RollbackReport.Undone> undone = new ArrayList<>();

	private final List<RollbackReport.Repeated> reapplied = new ArrayList<>();

	private final List<RollbackReport.Repeated> outdated = new ArrayList<>();

	private RollbackReport.@Nullable Failure failure;

	private RunReport.@Nullable Stop stopped;

	RollbackRun(PlatformDatabase database, MigrationEngine engine, RollbackPlan plan, MigrateOptions options,
			RunContext context, RunListener listener) {
		this.database = database;
		this.engine = engine;
		this.plan = plan;
		this.options = options;
		this.context = context;
		this.listener = listener;
	}

	/**
	 * Does it all.
	 * @return whether it came to its end
	 */
	RollbackReport run() {
		long start = System.nanoTime();
		prepare();
		try (MigrationEngine.Worker worker = this.engine.open(this.options.warnAfter())) {
			this.context.onCancel(worker::cancel);
			undo(worker);
			if (!isEnded()) {
				this.plan.outdated().forEach((one) -> reapply(worker, one));
			}
		}
		boolean whole = !isEnded();
		return new RollbackReport(this.context.run().run(), this.database.identity(),
				whole ? Outcome.APPLIED : Outcome.FAILED, (System.nanoTime() - start) / 1_000_000, this.undone,
				this.plan.steps().subList(this.undone.size(), this.plan.steps().size()), this.failure, this.reapplied,
				this.outdated, this.context.isCancelled(), this.stopped);
	}

	/**
	 * Repeatable migrations are outdated before anything is undone: killed in between,
	 * the next run still knows that they have to be applied again.
	 */
	private void prepare() {
		this.database.ledger()
			.beginRollback(this.context.run().run(),
					new RollbackRecord(this.plan.request(), this.plan.labels(), false));
		List<ServiceDefinition> services = this.plan.services();
		this.listener.undoing(this.plan.steps().size(), this.plan.undoneServices().size());
		this.database.prepare(services, this.options.isolation());
		for (ServiceDefinition service : services) {
			List<Migration> alone = scripts(service.name()).filter(Migration::runsAlone).toList();
			if (!alone.isEmpty()) {
				this.listener.cleared(service, this.database.clearFailure(service.schema(), alone));
			}
		}
		this.plan.outdated()
			.stream()
			.filter((one) -> !one.changes().isEmpty())
			.forEach((one) -> this.database.repair(one.service().schema(), one.changes()));
	}

	private Stream<Migration> scripts(ServiceName service) {
		return this.plan.steps()
			.stream()
			.filter((step) -> step.isOf(service))
			.map((step) -> Objects.requireNonNull(step.undo()));
	}

	private void undo(MigrationEngine.Worker worker) {
		for (List<AppliedVersion> group : this.plan.groups()) {
			if (isEnded()) {
				return;
			}
			ServiceDefinition service = group.get(0).service();
			List<MigrationEngine.Undo> steps = group.stream()
				.map((step) -> new MigrationEngine.Undo(step.row(), Objects.requireNonNull(step.undo())))
				.toList();
			MigrationEngine.Result result = unlessLost(
					() -> worker.undo(service, steps, this.context.run(), this.listener));
			for (int i = 0; i < result.applied().size(); i++) {
				this.undone.add(new RollbackReport.Undone(group.get(i), result.applied().get(i)));
			}
			note(service, result, AttemptKind.UNDO);
		}
	}

	private void reapply(MigrationEngine.Worker worker, Outdated one) {
		if (this.stopped != null || this.context.isCancelled()) {
			return;
		}
		if (!one.again()) {
			one.files().forEach((file) -> this.outdated.add(repeated(one, file, List.of())));
			return;
		}
		MigrationEngine.Result result = unlessLost(
				() -> worker.apply(one.service(), one.files(), this.context.run(), this.listener));
		note(one.service(), result, AttemptKind.MIGRATE);
		Map<String, AppliedFile> done = new HashMap<>();
		result.applied().forEach((file) -> done.put(file.migration().script().name(), file));
		for (Migration file : one.files()) {
			AppliedFile applied = done.get(file.script().name());
			((applied != null) ? this.reapplied : this.outdated)
				.add(repeated(one, file, (applied != null) ? applied.notices() : List.of()));
		}
	}

	private static RollbackReport.Repeated repeated(Outdated one, Migration file, List<Notice> notices) {
		return new RollbackReport.Repeated(one.service(), file.script().name(), one.again(), notices);
	}

	private boolean isEnded() {
		return this.failure != null || this.stopped != null || this.context.isCancelled();
	}

	/**
	 * What was done before the session with the run lock was ended stays, and is told.
	 */
	private MigrationEngine.Result unlessLost(Supplier<MigrationEngine.Result> work) {
		try {
			return work.get();
		}
		catch (RunLockLostException ex) {
			this.stopped = RunReport.Stop.of(ex);
			return ex.before();
		}
	}

	private void note(ServiceDefinition service, MigrationEngine.Result result, AttemptKind kind) {
		this.context.failed(service, kind, result.failures());
		if (this.context.isLockLost()) {
			this.stopped = RunReport.Stop.of(new RunLockLostException());
		}
		if (result.error() != null) {
			this.failure = new RollbackReport.Failure(service, result.error(), result.noticesOfFailure());
			this.listener.failed(service, result.error());
		}
	}

}
