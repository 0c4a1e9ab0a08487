package dev.skein.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.Collectors;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.plan.InvalidPlanException;
import dev.skein.plan.MigrationPlan;
import dev.skein.plan.SeedPlan;
import dev.skein.plan.Step;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database to the end of a plan, and tells how far it is.
 */
public final class MigrationOrchestrator {

	private final PlatformDatabase database;

	private final MigrationEngine engine;

	private volatile @Nullable Runnable cancelling;

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
	 * Compares every service of a plan with the database. Foreign tools that can tell are
	 * asked, unless a run is at work.
	 * @param plan the plan
	 * @return the states in the order of the plan
	 */
	public List<ServiceState> status(MigrationPlan plan) {
		List<ServiceState> states = PlatformState.services(plan, this.database);
		if (states.stream().noneMatch(ToolState::canBeAsked)) {
			return states;
		}
		this.caller = Thread.currentThread();
		RunLock lock;
		try {
			lock = this.database.lock(Duration.ZERO, (holder) -> {
			});
		}
		catch (CannotStartException ex) {
			// A run is at work, whose tools log in as the same roles.
			return states;
		}
		try (lock) {
			return asked(states);
		}
	}

	/**
	 * Asks the foreign tools that can tell whether anything is pending.
	 */
	private List<ServiceState> asked(List<ServiceState> states) {
		List<ServiceState> answered = new ArrayList<>(states);
		answered.replaceAll((state) -> ToolState.canBeAsked(state)
				? ToolState.answered(state, this.engine.isPending(state.service())) : state);
		return answered;
	}

	/**
	 * Finds out that rights are missing for a plan before its schemas are dropped.
	 * @param plan the plan
	 * @param isolation as whom its files will run
	 * @throws CannotStartException if some are missing
	 */
	public void requireRightsAnew(MigrationPlan plan, Isolation isolation) {
		this.database.isolation()
			.requireRights(plan.services()
				.stream()
				.map((service) -> StateComparison.compare(service, SchemaHistory.NONE))
				.toList(), isolation);
	}

	/**
	 * What {@link #migrate} would do in some states.
	 * @param plan the plan
	 * @param now the states of its services
	 * @return the steps that have something pending, narrowed to that
	 */
	public static List<Step> preview(MigrationPlan plan, List<ServiceState> now) {
		Map<ServiceName, ServiceState> states = PlatformState.byName(now);
		return plan.steps()
			.stream()
			.map((step) -> StepWork.of(step, known(states, step)))
			.filter((work) -> !work.isDone())
			.map((work) -> work.step().narrowedTo(work.pending(), known(states, work.step()).current()))
			.toList();
	}

	/**
	 * The rights that {@link #migrate} would grant and revoke in some states.
	 * @param now the states of a plan's services
	 * @param options how it would be run
	 * @return the change; empty where nothing runs as a service's own role
	 */
	public static RightsChange rights(List<ServiceState> now, MigrateOptions options) {
		return RunPreparation.rights(PlatformState.byName(now),
				now.stream()
					.filter((state) -> state.access() == null && !state.due().isEmpty())
					.map((state) -> state.service().name())
					.collect(Collectors.toSet()),
				options);
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
	 * @throws InvalidPlanException if the text of a file that would run speaks against it
	 */
	public RunReport migrate(MigrationPlan plan, MigrateOptions options, RunListener listener) {
		return migrate(plan, SeedPlan.NONE, options, listener);
	}

	/**
	 * Runs a plan, and then seeds. With seeds it always takes the lock, since they are
	 * run whether anything was pending or not: what they put there may be gone.
	 * @param plan the plan
	 * @param seeds the seeds, of services that the plan completes
	 * @param options how to run them
	 * @param listener told what happens
	 * @return what was done
	 * @throws CannotStartException if the run could not begin
	 * @throws InvalidPlanException if the text of a file that would run speaks against it
	 */
	public RunReport migrate(MigrationPlan plan, SeedPlan seeds, MigrateOptions options, RunListener listener) {
		return migrate(UUID.randomUUID(), plan, seeds, options, listener);
	}

	/**
	 * Runs a plan, and then seeds, under an id that somebody knows already.
	 * @param run the run's id
	 * @param plan the plan
	 * @param seeds the seeds, of services that the plan completes
	 * @param options how to run them
	 * @param listener told what happens
	 * @return what was done
	 * @throws CannotStartException if the run could not begin
	 * @throws InvalidPlanException if the text of a file that would run speaks against it
	 */
	public RunReport migrate(UUID run, MigrationPlan plan, SeedPlan seeds, MigrateOptions options,
			RunListener listener) {
		long start = System.nanoTime();
		this.caller = Thread.currentThread();
		RunStop stop = new RunStop();
		RunResults results = null;
		PlatformState found = PlatformState.read(plan, this.database);
		Map<ServiceName, ServiceState> states = PlatformState.byName(found.services());
		if (!seeds.isEmpty() || !found.unrecorded().isEmpty() || !isUpToDate(plan, states, options)) {
			this.engine.getReady();
			try (RunLock lock = this.database.lock(options.lockWait(), listener::waiting)) {
				// Another run may have done it all while this one waited.
				states = PlatformState.byName(asked(found.renewed(plan, this.database)));
				results = apply(run, plan, seeds, states, unrecorded(found), options, listener, stop);
			}
		}
		Verification verification = (results != null) ? verifyIfPossible(plan) : found.verification();
		if (results == null) {
			results = RunResults.before(seeds, new RunSummary(plan, states).upToDate());
		}
		return new RunReport(run, this.database.identity(), verification.passed() ? results.outcome() : Outcome.FAILED,
				(System.nanoTime() - start) / 1_000_000, results.services(), results.seeds(), verification,
				this.cancelled, RunReport.Stop.of(stop.reason()));
	}

	/**
	 * Changes the database in another way than by migrating, under the run lock, with its
	 * story in the ledger.
	 * @param command what for
	 * @param services the services that it is about
	 * @param lockWait how long to wait for another run
	 * @param listener told about the waiting
	 * @param change what to do; answers whether it was done whole
	 * @throws CannotStartException if it could not begin, or what the change throws
	 */
	public void change(RunCommand command, Collection<ServiceDefinition> services, Duration lockWait,
			RunListener listener, BooleanSupplier change) {
		change(command, services, lockWait, listener, (Predicate<RunContext>) (run) -> change.getAsBoolean());
	}

	/**
	 * Changes the database in another way than by migrating, as part of a run that can be
	 * ended early.
	 * @param command what for
	 * @param services the services that it is about
	 * @param lockWait how long to wait for another run
	 * @param listener told about the waiting
	 * @param change what to do; answers whether it was done whole
	 * @throws CannotStartException if it could not begin, or what the change throws
	 */
	public void change(RunCommand command, Collection<ServiceDefinition> services, Duration lockWait,
			RunListener listener, Predicate<RunContext> change) {
		this.caller = Thread.currentThread();
		try (RunLock lock = this.database.lock(lockWait, listener::waiting)) {
			RunRecorder recorder = RunRecorder.begin(this.database, this.engine, UUID.randomUUID(), command, services);
			DriftWatch watch = DriftWatch.begin(this.database,
					command.isChangingSchemas() ? services.stream().map(ServiceDefinition::schema).toList() : List.of(),
					command.isReplacingSchemas() ? OnDrift.IGNORE : OnDrift.WARN, listener);
			Outcome outcome = Outcome.FAILED;
			try {
				outcome = change.test(new Running(recorder)) ? Outcome.APPLIED : Outcome.FAILED;
			}
			finally {
				watch.end(recorder.run().run());
				recorder.end(outcome.label(this.cancelled), new Reconnection(this.database, listener, this::onCancel));
			}
		}
	}

	/**
	 * Ends a run early, from another thread: the running files are rolled back, nothing
	 * more is begun, and {@link #migrate} returns its report.
	 */
	public void cancel() {
		this.cancelled = true;
		Runnable running = this.cancelling;
		if (running != null) {
			running.run();
		}
		else if (this.caller != null) {
			this.caller.interrupt();
			this.database.cancel();
		}
	}

	/**
	 * What was applied has to be told even if the session was ended or the server went
	 * away meanwhile.
	 */
	private Verification verifyIfPossible(MigrationPlan plan) {
		try {
			return verify(plan);
		}
		catch (CannotStartException ex) {
			return this.database.isLost() ? verifyAgain(plan)
					: Verification.impossible(plan, String.valueOf(ex.getMessage()));
		}
	}

	private Verification verifyAgain(MigrationPlan plan) {
		try (PlatformDatabase again = this.database.again(Duration.ZERO, (line) -> {
		})) {
			return PlatformState.verify(plan, again);
		}
		catch (CannotStartException ex) {
			return Verification.impossible(plan, String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * The services that plain Flyway migrated and whose histories the next run takes over
	 * into the ledger.
	 * @param plan the plan
	 * @return the services, in the order of the plan
	 */
	public List<ServiceDefinition> unrecorded(MigrationPlan plan) {
		return PlatformState.read(plan, this.database).unrecorded();
	}

	/**
	 * Of the tables outside the schemas of services, how many rows they have and how much
	 * room they take.
	 * @param plan the plan of the platform
	 * @return the tables, by name
	 */
	public List<OutsideTable> outside(MigrationPlan plan) {
		return this.database.outside(PlatformState.schemas(plan));
	}

	/**
	 * The services whose histories the ledger does not know yet.
	 */
	private List<ServiceDefinition> unrecorded(PlatformState found) {
		if (found.unrecorded().isEmpty()) {
			return List.of();
		}
		List<String> known = this.database.ledger().services();
		return found.unrecorded().stream().filter((service) -> !known.contains(service.name().value())).toList();
	}

	private RunResults apply(UUID id, MigrationPlan plan, SeedPlan seeds, Map<ServiceName, ServiceState> states,
			List<ServiceDefinition> unrecorded, MigrateOptions options, RunListener listener, RunStop stop) {
		RunSummary summary = new RunSummary(plan, states);
		if (states.values().stream().anyMatch((state) -> !state.objections(options).isEmpty())) {
			return RunResults.before(seeds, summary.refused(options));
		}
		List<StepWork> work = plan.steps().stream().map((step) -> StepWork.of(step, known(states, step))).toList();
		InvalidPlanException.throwIfAnyObjects(
				Stream.concat(work.stream().flatMap((item) -> item.pending().stream()), seeds.seeds().stream())
					.toList());
		RunPreparation preparation = new RunPreparation(this.database, options, work, seeds, unrecorded, states);
		if (preparation.hasNothingToDo()) {
			return RunResults.before(seeds, summary.upToDate());
		}
		DriftWatch watch = DriftWatch.begin(this.database, preparation.schemas(), options.onDrift(), listener);
		List<ServiceDrift> drifts = watch.drifts(preparation.affected());
		if (!drifts.isEmpty() && options.onDrift() == OnDrift.FAIL) {
			return RunResults.before(seeds, summary.drifted(drifts));
		}
		if (!drifts.isEmpty()) {
			listener.drifted(drifts);
		}
		LaterSchemas later = preparation.later();
		RunRecorder recorder = preparation.prepare(id, this.engine, listener, later);
		SessionLimit limit = new SessionLimit(this.database, listener);
		ParallelRun run = new ParallelRun(work, later, this.engine, options, recorder, listener, limit, stop);
		onCancel(run::cancel);
		RunResults results = RunResults.before(seeds, summary.ran(run.run()));
		if (!(stop.reason() instanceof RunLockLostException)) {
			watch.end(id);
		}
		if (results.isMigrated() && !seeds.isEmpty()) {
			SeedRun seeding = new SeedRun(seeds, this.database.guard(), this.engine, options.warnAfter(), recorder,
					listener, limit, stop);
			onCancel(seeding::cancel);
			results = results.with(seeding.run());
		}
		recorder.end(results.outcome().label(this.cancelled),
				new Reconnection(this.database, listener, this::onCancel));
		return results;
	}

	private void onCancel(Runnable cancel) {
		this.cancelling = cancel;
		if (this.cancelled) {
			cancel.run();
		}
	}

	/**
	 * Where foreign tools migrate, nobody knows before the lock is taken: most of them
	 * bear no second one beside them.
	 */
	private static boolean isUpToDate(MigrationPlan plan, Map<ServiceName, ServiceState> states,
			MigrateOptions options) {
		return states.values().stream().allMatch((state) -> state.faults().isEmpty() && state.service().tool() == null)
				&& plan.steps().stream().allMatch((step) -> StepWork.of(step, known(states, step)).isDone())
				&& RunPreparation.rights(states, Set.of(), options).isEmpty();
	}

	private static ServiceState known(Map<ServiceName, ServiceState> states, Step step) {
		return Objects.requireNonNull(states.get(step.service().name()));
	}

	/**
	 * A change under way.
	 */
	private final class Running implements RunContext {

		private final RunRecorder recorder;

		Running(RunRecorder recorder) {
			this.recorder = recorder;
		}

		@Override
		public RunKey run() {
			return this.recorder.run();
		}

		@Override
		public void failed(ServiceDefinition service, AttemptKind kind, List<MigrationEngine.FailedAttempt> attempts) {
			this.recorder.failed(service, kind, attempts);
		}

		@Override
		public boolean isLockLost() {
			return this.recorder.isLockLost();
		}

		@Override
		public void onCancel(Runnable cancel) {
			MigrationOrchestrator.this.onCancel(cancel);
		}

		@Override
		public boolean isCancelled() {
			return MigrationOrchestrator.this.cancelled;
		}

	}

}
