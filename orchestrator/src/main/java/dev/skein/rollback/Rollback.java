package dev.skein.rollback;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.MigrateOptions;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.MigrationOrchestrator;
import dev.skein.migration.Outcome;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.RunCommand;
import dev.skein.migration.RunListener;
import dev.skein.migration.ServiceState;
import dev.skein.plan.InvalidPlanException;
import dev.skein.plan.MigrationPlan;
import org.jspecify.annotations.Nullable;

/**
 * Takes a database back, as one run.
 */
public final class Rollback {

	private final MigrationPlan platform;

	private final PlatformDatabase database;

	private final MigrationEngine engine;

	private final MigrationOrchestrator orchestrator;

	private @Nullable RollbackReport report;

	/**
	 * A rollback of a platform.
	 * @param platform the plan of all its services
	 * @param database its database
	 * @param engine undoes migrations there
	 * @param orchestrator runs it, and can be told to cancel it
	 */
	public Rollback(MigrationPlan platform, PlatformDatabase database, MigrationEngine engine,
			MigrationOrchestrator orchestrator) {
		this.platform = platform;
		this.database = database;
		this.engine = engine;
		this.orchestrator = orchestrator;
	}

	/**
	 * Finds out that rights are missing, or that a file cannot be run, before anything is
	 * asked or touched.
	 * @param plan what is to be done
	 * @param options how
	 * @throws CannotStartException if rights are missing
	 * @throws InvalidPlanException if the text of an undo script speaks against it
	 */
	public void requireRights(RollbackPlan plan, MigrateOptions options) {
		InvalidPlanException.throwIfAnyObjects(plan.files());
		List<ServiceName> names = plan.services().stream().map(ServiceDefinition::name).toList();
		List<ServiceState> states = new ArrayList<>(this.orchestrator.status(this.platform));
		states.removeIf((state) -> !names.contains(state.service().name()));
		this.database.isolation().requireRights(states, options.isolation());
	}

	/**
	 * Does what was planned and shown.
	 * @param planner planned it
	 * @param target where to go
	 * @param shown what was planned
	 * @param first done under the run lock, before anything is undone
	 * @param options how to run
	 * @param listener told what happens
	 * @return what was done
	 * @throws CannotStartException if the run could not begin, or if what is applied
	 * changed since the plan was shown
	 */
	public RollbackReport run(RollbackPlanner planner, RollbackTarget target, RollbackPlan shown, Runnable first,
			MigrateOptions options, RunListener listener) {
		this.orchestrator.change(RunCommand.ROLLBACK, shown.services(), options.lockWait(), listener, (context) -> {
			if (!planner.plan(target).equals(shown)) {
				throw new CannotStartException("what is applied changed since it was shown; nothing was touched",
						"run the rollback again", null);
			}
			first.run();
			this.report = new RollbackRun(this.database, this.engine, shown, options, context, listener).run();
			return this.report.outcome() == Outcome.APPLIED;
		});
		return Objects.requireNonNull(this.report);
	}

}
