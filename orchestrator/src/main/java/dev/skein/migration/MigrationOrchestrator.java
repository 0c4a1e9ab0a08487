package dev.skein.migration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.plan.MigrationPlan;
import dev.skein.plan.Step;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database to the end of a plan, and tells how far it is.
 */
public final class MigrationOrchestrator {

	private final PlatformDatabase database;

	private final MigrationEngine engine;

	private volatile @Nullable ParallelRun running;

	private volatile @Nullable Thread caller;

	private volatile boolean cancelled;

	/**
	 * An orchestrator for one database.
	 * @param database the database, which the caller closes
	 * @param engine applies migrations to it
	 */
	public MigrationOrchestrator(PlatformDatabase database, MigrationEngine engine) {
		this.database = database;
		this.engine = engine;
	}

	/**
	 * Compares every service of a plan with the database.
	 * @param plan the plan
	 * @return the states in the order of the plan
	 */
	public List<ServiceState> status(MigrationPlan plan) {
		return PlatformState.services(plan, this.database);
	}

	/**
	 * What {@link #migrate} would do now.
	 * @param plan the plan
	 * @return the steps that have something pending, narrowed to that
	 */
	public List<Step> preview(MigrationPlan plan) {
		Map<ServiceName, ServiceState> states = states(plan);
		return plan.steps()
			.stream()
			.map((step) -> StepWork.of(step, known(states, step)))
			.filter((work) -> !work.isDone())
			.map((work) -> work.step().narrowedTo(work.pending(), known(states, work.step()).current()))
			.toList();
	}

	/**
	 * Compares what the services of a plan promise with what is there.
	 * @param plan the plan
	 * @return what was found
	 */
	public Verification verify(MigrationPlan plan) {
		return PlatformState.verify(plan, this.database);
	}

	/**
	 * Runs a plan: applies whatever is pending, then verifies. Where nothing is pending,
	 * it takes no lock and changes nothing. A service that is not as its files say stops
	 * the run before anything is applied.
	 * @param plan the plan
	 * @param options how to run it
	 * @param listener told what happens
	 * @return what was done
	 * @throws CannotStartException if the run could not begin
	 */
	public RunReport migrate(MigrationPlan plan, MigrateOptions options, RunListener listener) {
		long start = System.nanoTime();
		this.caller = Thread.currentThread();
		List<ServiceReport> reports = null;
		Map<ServiceName, ServiceState> states = states(plan);
		if (!isUpToDate(plan, states)) {
			try (RunLock lock = this.database.lock(options.lockWait(), listener::waiting)) {
				// Another run may have done it all while this one waited.
				states = states(plan);
				reports = apply(plan, states, options, listener);
			}
		}
		if (reports == null) {
			reports = new RunSummary(plan, states).upToDate();
		}
		Verification verification = verify(plan);
		return new RunReport(UUID.randomUUID(), this.database.identity(), outcome(reports, verification),
				(System.nanoTime() - start) / 1_000_000, reports, verification, this.cancelled);
	}

	/**
	 * Ends a run early, from another thread: the running files are rolled back, nothing
	 * more is begun, and {@link #migrate} returns its report.
	 */
	public void cancel() {
		this.cancelled = true;
		ParallelRun run = this.running;
		if (run != null) {
			run.cancel();
		}
		else if (this.caller != null) {
			this.caller.interrupt();
			this.database.cancel();
		}
	}

	private List<ServiceReport> apply(MigrationPlan plan, Map<ServiceName, ServiceState> states, MigrateOptions options,
			RunListener listener) {
		RunSummary summary = new RunSummary(plan, states);
		if (states.values().stream().anyMatch((state) -> !state.faults().isEmpty())) {
			return summary.refused();
		}
		List<StepWork> work = plan.steps().stream().map((step) -> StepWork.of(step, known(states, step))).toList();
		List<ServiceDefinition> affected = work.stream()
			.filter((item) -> !item.isDone())
			.map((item) -> item.step().service())
			.distinct()
			.toList();
		listener.planned(work.stream().mapToInt((item) -> item.pending().size()).sum(), affected.size());
		this.database.prepare(affected);
		work.stream()
			.filter((item) -> !item.isDone())
			.filter((item) -> item.runsAlone() || hasFailed(states, item))
			.map((item) -> item.step().service())
			.distinct()
			.forEach((service) -> this.database.clearFailure(service.schema())
				.forEach((index) -> listener.droppedIndex(service, index)));
		ParallelRun run = new ParallelRun(work, this.engine, options.jobs(), listener);
		this.running = run;
		try {
			if (this.cancelled) {
				run.cancel();
			}
			return summary.ran(run.run());
		}
		finally {
			this.running = null;
		}
	}

	private Map<ServiceName, ServiceState> states(MigrationPlan plan) {
		Map<ServiceName, ServiceState> states = new LinkedHashMap<>();
		status(plan).forEach((state) -> states.put(state.service().name(), state));
		return states;
	}

	private static boolean isUpToDate(MigrationPlan plan, Map<ServiceName, ServiceState> states) {
		return states.values().stream().allMatch((state) -> state.faults().isEmpty())
				&& plan.steps().stream().allMatch((step) -> StepWork.of(step, known(states, step)).isDone());
	}

	private static boolean hasFailed(Map<ServiceName, ServiceState> states, StepWork item) {
		return known(states, item.step()).state() == ServiceState.State.FAILED;
	}

	private static Outcome outcome(List<ServiceReport> reports, Verification verification) {
		if (!verification.passed() || reports.stream()
			.anyMatch((report) -> report.outcome() == Outcome.FAILED || report.outcome() == Outcome.BLOCKED)) {
			return Outcome.FAILED;
		}
		return reports.stream().anyMatch((report) -> report.outcome() == Outcome.APPLIED) ? Outcome.APPLIED
				: Outcome.UP_TO_DATE;
	}

	private static ServiceState known(Map<ServiceName, ServiceState> states, Step step) {
		return known(states, step.service().name());
	}

	private static ServiceState known(Map<ServiceName, ServiceState> states, ServiceName service) {
		return Objects.requireNonNull(states.get(service));
	}

}
