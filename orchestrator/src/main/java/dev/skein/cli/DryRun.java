package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.CrossReference;
import dev.skein.migration.ExtensionNeed;
import dev.skein.migration.Fault;
import dev.skein.migration.MigrateOptions;
import dev.skein.migration.MigrationOrchestrator;
import dev.skein.migration.RightsChange;
import dev.skein.migration.ServiceState;
import dev.skein.plan.InvalidPlanException;
import dev.skein.plan.MigrationPlan;
import dev.skein.plan.SeedPlan;
import dev.skein.plan.Step;

/**
 * Shows what a run would do, and what it would refuse, without doing it.
 */
final class DryRun {

	private final Session session;

	private final MigrateOptions options;

	private final Surroundings surroundings;

	private final OutputOptions output;

	DryRun(Session session, MigrateOptions options, Surroundings surroundings, OutputOptions output) {
		this.session = session;
		this.options = options;
		this.surroundings = surroundings;
		this.output = output;
	}

	/**
	 * On the database as it is.
	 */
	ExitCode run(MigrationPlan plan, SeedPlan seeds) {
		List<ServiceState> states = this.session.orchestrator().status(plan);
		if (refuse(states)) {
			if (this.output.json()) {
				OutputOptions.print(this.surroundings, PlanView.of(List.of(), SeedPlan.NONE));
			}
			else {
				this.surroundings.print("The run would be refused, and nothing would be applied.");
			}
			return ExitCode.FAILED;
		}
		this.session.database()
			.isolation()
			.requireRights(states.stream()
				.filter((state) -> !state.due().isEmpty() || seeds.services().contains(state.service()))
				.toList(), this.options.isolation());
		List<ExtensionNeed> needs = new ArrayList<>();
		states.stream()
			.filter((state) -> !state.due().isEmpty())
			.forEach((state) -> needs.addAll(ExtensionNeed.of(state.service(), state.pending())));
		seeds.batches()
			.forEach((batch) -> batch.files()
				.forEach((file) -> needs.addAll(ExtensionNeed.ofFile(batch.service(), file))));
		this.session.database().checkExtensions(needs, this.options.allowedExtensions());
		List<Step> steps = MigrationOrchestrator.preview(plan, states);
		requireRunnable(steps.stream().flatMap((step) -> step.migrations().stream()).toList(), seeds);
		showRevoked(MigrationOrchestrator.rights(states, this.options), states);
		List<ServiceDefinition> unrecorded = this.session.orchestrator().unrecorded(plan);
		if (!unrecorded.isEmpty() && !this.output.json()) {
			this.surroundings.print(RunWords.takenOver("Would take over", unrecorded));
		}
		if (unrecorded.isEmpty() || !steps.isEmpty() || !seeds.isEmpty() || this.output.json()) {
			show(steps, seeds);
		}
		return ExitCode.DONE;
	}

	/**
	 * Says who refers to whom before a right to do so is taken away.
	 */
	private void showRevoked(RightsChange change, List<ServiceState> states) {
		if (change.stale().isEmpty()) {
			return;
		}
		List<CrossReference> keys = this.session.database()
			.isolation()
			.references(states.stream().map((state) -> state.service().schema()).toList());
		RightsText.withKeys(change, keys, states.stream().map(ServiceState::service).toList())
			.forEach(this.surroundings::say);
	}

	/**
	 * After everything was dropped.
	 */
	ExitCode anew(Cleaning cleaning, MigrationPlan plan, SeedPlan seeds) {
		requireRunnable(plan.migrations(), seeds);
		cleaning.show(plan);
		show(plan.steps(), seeds);
		return ExitCode.DONE;
	}

	/**
	 * Finds out that files can be run, before anything is shown or dropped.
	 */
	static void requireRunnable(List<Migration> migrations, SeedPlan seeds) {
		List<Migration> files = new ArrayList<>(migrations);
		files.addAll(seeds.seeds());
		InvalidPlanException.throwIfAnyObjects(files);
	}

	private boolean refuse(List<ServiceState> states) {
		boolean refused = false;
		for (ServiceState state : states) {
			for (Fault fault : state.objections(this.options)) {
				this.surroundings
					.say("Refused: " + state.service().name() + ": " + fault.message() + "\n  " + fault.hint());
				refused = true;
			}
		}
		return refused;
	}

	private void show(List<Step> steps, SeedPlan seeds) {
		if (this.output.json()) {
			OutputOptions.print(this.surroundings, PlanView.of(steps, seeds));
		}
		else {
			this.surroundings
				.print((steps.isEmpty() && seeds.isEmpty()) ? "Nothing to do." : PlanCommand.text(steps, seeds));
		}
	}

}
