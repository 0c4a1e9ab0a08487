package dev.skein.cli;

import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.Version;
import dev.skein.plan.SeedPlan;
import dev.skein.plan.Step;
import org.jspecify.annotations.Nullable;

/**
 * Steps as JSON. The names are a contract.
 */
record PlanView(List<StepView> steps, List<SeedView> seeds) {

	static PlanView of(List<Step> steps) {
		return of(steps, SeedPlan.NONE);
	}

	static PlanView of(List<Step> steps, SeedPlan seeds) {
		return new PlanView(steps.stream().map(StepView::of).toList(),
				seeds.batches()
					.stream()
					.flatMap((batch) -> batch.files()
						.stream()
						.map((file) -> new SeedView(batch.service().name().value(), file.script().name())))
					.toList());
	}

	/**
	 * One seed.
	 */
	record SeedView(String service, String script) {

	}

	/**
	 * One step.
	 */
	record StepView(String service, String schema, @Nullable String from, @Nullable String to, List<String> requires,
			List<MigrationView> migrations) {

		static StepView of(Step step) {
			return new StepView(step.service().name().value(), step.service().schema().value(), text(step.from()),
					text(step.to()), step.requiredServices().stream().map(String::valueOf).toList(),
					step.migrations().stream().map(MigrationView::of).toList());
		}

	}

	/**
	 * One file.
	 */
	record MigrationView(@Nullable String version, String description, String script) {

		static MigrationView of(Migration migration) {
			return new MigrationView(text(migration.version()), migration.description(), migration.script().name());
		}

	}

	static @Nullable String text(@Nullable Version version) {
		return (version == null) ? null : version.toString();
	}

}
