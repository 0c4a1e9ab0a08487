package dev.skein.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.plan.MigrationPlan;
import dev.skein.plan.SeedPlan;
import dev.skein.plan.Step;
import org.jspecify.annotations.Nullable;

/**
 * Tries the undo scripts of a platform, on a database that nobody needs: every migration
 * goes up, down and up again, and each way has to lead to the same schema.
 */
public final class UndoTrial {

	private static final MigrateOptions OPTIONS = new MigrateOptions(1, Duration.ZERO, Duration.ofMinutes(5), false,
			Isolation.ROLES, OnDrift.IGNORE);

	private final PlatformDatabase database;

	private final MigrationEngine engine;

	private final Watch watch;

	private final List<UndoFinding> findings = new ArrayList<>();

	private final Map<ServiceName, ServiceName> blocked = new LinkedHashMap<>();

	private int tried;

	private volatile MigrationEngine.@Nullable Worker worker;

	private volatile boolean cancelled;

	/**
	 * A trial on a database.
	 * @param database an empty database, which the caller closes
	 * @param engine applies migrations to it and undoes them
	 * @param watch told what happens
	 */
	public UndoTrial(PlatformDatabase database, MigrationEngine engine, Watch watch) {
		this.database = database;
		this.engine = engine;
		this.watch = watch;
	}

	/**
	 * Tries the migrations of some services, one after the other, in the order of a plan.
	 * @param plan the plan
	 * @param services the services; what they require is applied only
	 * @return what was found
	 * @throws CannotStartException if the trial could not begin
	 */
	public UndoReport run(MigrationPlan plan, Set<ServiceName> services) {
		long start = System.nanoTime();
		try (RunLock lock = this.database.lock(Duration.ZERO, this.watch::waiting)) {
			Map<ServiceName, Integer> wanted = wanted(plan, services);
			int all = wanted.values().stream().mapToInt(Integer::intValue).sum();
			RunRecorder recorder = prepare(plan);
			this.watch.trying(all, wanted.size());
			try (MigrationEngine.Worker opened = this.engine.open(OPTIONS.warnAfter())) {
				this.worker = opened;
				tryOut(plan.steps(), services, opened, recorder.run());
			}
			UndoReport report = new UndoReport(all, this.tried, this.findings, this.blocked, isCancelled(),
					(System.nanoTime() - start) / 1_000_000);
			recorder.end((report.passed() ? Outcome.APPLIED : Outcome.FAILED).label());
			return report;
		}
	}

	/**
	 * Ends the trial early, from another thread: the running file is rolled back.
	 */
	public void cancel() {
		this.cancelled = true;
		MigrationEngine.Worker running = this.worker;
		if (running != null) {
			running.cancel();
		}
	}

	private boolean isCancelled() {
		return this.cancelled || Thread.currentThread().isInterrupted();
	}

	private RunRecorder prepare(MigrationPlan plan) {
		Map<ServiceName, ServiceState> states = PlatformState.byName(PlatformState.services(plan, this.database));
		List<StepWork> work = plan.steps()
			.stream()
			.map((step) -> StepWork.of(step, Objects.requireNonNull(states.get(step.service().name()))))
			.toList();
		return new RunPreparation(this.database, OPTIONS.allowingExtensionsOf(plan.services()), work, SeedPlan.NONE,
				List.of(), states)
			.prepare(UUID.randomUUID(), this.engine, this.watch);
	}

	private void tryOut(List<Step> steps, Set<ServiceName> services, MigrationEngine.Worker opened, RunKey run) {
		Map<Integer, ServiceName> culprits = new HashMap<>();
		for (int i = 0; i < steps.size() && !isCancelled(); i++) {
			Step step = steps.get(i);
			ServiceDefinition service = step.service();
			ServiceName culprit = step.requires()
				.stream()
				.map(culprits::get)
				.filter(Objects::nonNull)
				.findFirst()
				.orElse(null);
			if (culprit != null) {
				culprits.put(i, culprit);
				if (!culprit.equals(service.name())) {
					this.blocked.putIfAbsent(service.name(), culprit);
				}
				continue;
			}
			ServiceTrial trial = new ServiceTrial(this.database, opened, run, this.watch, service);
			if (!isDone(step, trial, services.contains(service.name()))) {
				culprits.put(i, service.name());
			}
		}
	}

	private boolean isDone(Step step, ServiceTrial trial, boolean wanted) {
		for (Migration migration : versioned(step)) {
			List<Migration> upTo = StepExecution.upTo(step.narrowedTo(List.of(migration), step.from()));
			boolean applied = wanted ? trial.tryOut(migration, upTo) : trial.apply(migration, upTo);
			List<UndoFinding> found = trial.findings();
			if (isCancelled()) {
				// What failed did so because it was cancelled.
				return false;
			}
			this.findings.addAll(found);
			if (wanted) {
				this.tried++;
				this.watch.tried(step.service(), migration, found);
			}
			if (!applied) {
				return false;
			}
		}
		List<Migration> repeatable = step.migrations()
			.stream()
			.filter((migration) -> migration.version() == null)
			.toList();
		boolean applied = repeatable.isEmpty() || trial.apply(repeatable.get(0), StepExecution.upTo(step));
		this.findings.addAll(trial.findings());
		return applied;
	}

	/**
	 * How many migrations of which services can be tried.
	 */
	private static Map<ServiceName, Integer> wanted(MigrationPlan plan, Set<ServiceName> services) {
		Map<ServiceName, Integer> wanted = new HashMap<>();
		plan.steps()
			.stream()
			.filter((step) -> services.contains(step.service().name()) && !versioned(step).isEmpty())
			.forEach((step) -> wanted.merge(step.service().name(), versioned(step).size(), Integer::sum));
		return wanted;
	}

	private static List<Migration> versioned(Step step) {
		return step.migrations().stream().filter((migration) -> migration.version() != null).toList();
	}

	/**
	 * Watches a trial.
	 */
	public interface Watch extends RunListener {

		/**
		 * The trial knows what it has to do.
		 * @param migrations how many migrations are tried; those that are only applied,
		 * for what is tried later, and the repeatable ones are not counted
		 * @param services in how many services
		 */
		void trying(int migrations, int services);

		/**
		 * A migration was tried.
		 * @param service its service
		 * @param migration the migration
		 * @param findings what is wrong with it; possibly nothing
		 */
		void tried(ServiceDefinition service, Migration migration, List<UndoFinding> findings);

	}

}
