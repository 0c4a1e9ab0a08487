package dev.skein.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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

	/** Those that were tried, and those that shall not be, are only applied. */
	private final Set<Migration> done = new HashSet<>();

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
	 * Where one leaves something else than was there before, all is dropped and applied
	 * up to its end, and the trial goes on with the next.
	 * @param plan the plan
	 * @param services the services; what they require is applied only
	 * @param notTried migrations that are applied only, such as those before a service
	 * was adopted
	 * @return what was found
	 * @throws CannotStartException if the trial could not begin
	 */
	public UndoReport run(MigrationPlan plan, Set<ServiceName> services, Set<Migration> notTried) {
		long start = System.nanoTime();
		this.done.addAll(notTried);
		try (RunLock lock = this.database.lock(Duration.ZERO, this.watch::waiting)) {
			Map<ServiceName, Integer> wanted = wanted(plan, services);
			int all = wanted.values().stream().mapToInt(Integer::intValue).sum();
			boolean first = true;
			boolean goesOn = true;
			while (goesOn && !isCancelled()) {
				if (!first) {
					this.database.clean(PlatformState.schemas(plan));
				}
				RunRecorder recorder = prepare(plan);
				if (first) {
					this.watch.trying(all, wanted.size());
				}
				first = false;
				try (MigrationEngine.Worker opened = this.engine.open(OPTIONS.warnAfter())) {
					this.worker = opened;
					goesOn = tryOut(plan.steps(), services, opened, recorder.run());
				}
				recorder.end((this.findings.isEmpty() ? Outcome.APPLIED : Outcome.FAILED).label());
			}
			return new UndoReport(all, this.tried, this.findings, this.blocked, isCancelled(),
					(System.nanoTime() - start) / 1_000_000);
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

	/**
	 * Goes through all steps once.
	 * @return whether another time leads further
	 */
	private boolean tryOut(List<Step> steps, Set<ServiceName> services, MigrationEngine.Worker opened, RunKey run) {
		Map<Integer, ServiceName> culprits = new HashMap<>();
		boolean parts = false;
		this.blocked.clear();
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
			ServiceTrial.Left left = run(step, trial, services.contains(service.name()));
			parts |= left == ServiceTrial.Left.PARTS;
			if (left != ServiceTrial.Left.APPLIED) {
				culprits.put(i, service.name());
			}
		}
		return parts;
	}

	private ServiceTrial.Left run(Step step, ServiceTrial trial, boolean wanted) {
		for (Migration migration : versioned(step)) {
			List<Migration> upTo = StepExecution.upTo(step.narrowedTo(List.of(migration), step.from()));
			boolean isTried = wanted && !this.done.contains(migration);
			ServiceTrial.Left left = isTried ? trial.tryOut(migration, upTo) : applied(trial.apply(migration, upTo));
			List<UndoFinding> found = trial.findings();
			if (isCancelled()) {
				// What failed did so because it was cancelled.
				return ServiceTrial.Left.NOTHING;
			}
			add(found);
			if (isTried) {
				this.done.add(migration);
				this.tried++;
				this.watch.tried(step.service(), migration, found);
			}
			if (left != ServiceTrial.Left.APPLIED) {
				return left;
			}
		}
		List<Migration> repeatable = step.migrations()
			.stream()
			.filter((migration) -> migration.version() == null)
			.toList();
		boolean applied = repeatable.isEmpty() || trial.apply(repeatable.get(0), StepExecution.upTo(step));
		add(trial.findings());
		return applied(applied);
	}

	private static ServiceTrial.Left applied(boolean applied) {
		return applied ? ServiceTrial.Left.APPLIED : ServiceTrial.Left.NOTHING;
	}

	/**
	 * What is applied several times fails each time.
	 */
	private void add(List<UndoFinding> found) {
		found.stream().filter((finding) -> !this.findings.contains(finding)).forEach(this.findings::add);
	}

	/**
	 * How many migrations of which services can be tried.
	 */
	private Map<ServiceName, Integer> wanted(MigrationPlan plan, Set<ServiceName> services) {
		Map<ServiceName, Integer> wanted = new HashMap<>();
		plan.steps().stream().filter((step) -> services.contains(step.service().name())).forEach((step) -> {
			int size = (int) versioned(step).stream().filter((file) -> !this.done.contains(file)).count();
			if (size > 0) {
				wanted.merge(step.service().name(), size, Integer::sum);
			}
		});
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
