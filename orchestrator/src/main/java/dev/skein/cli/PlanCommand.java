package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.skein.catalog.Migration;
import dev.skein.plan.SeedPlan;
import dev.skein.plan.Step;

/**
 * Shows the steps in order.
 */
final class PlanCommand extends Subcommand {

	private List<String> only = List.of();

	private boolean sql;

	private final CatalogOptions catalog = new CatalogOptions();

	private final OutputOptions output = new OutputOptions();

	PlanCommand(SkeinCommand skein) {
		super(skein, "plan",
				"Shows the steps of a fresh migration in order. Needs no database, touches"
						+ " nothing; skein migrate --dry-run shows what a database still needs.",
				"skein plan --only git-integration --sql");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.option("--only", "SERVICE", "Only these services and what they require. May be repeated.")
			.split()
			.each(String.class, (all) -> this.only = all);
		arguments.flag("--sql", "Show the SQL of every migration, too.", (given) -> this.sql = given);
		arguments.add(this.catalog, this.output);
	}

	@Override
	ExitCode run() {
		List<Step> steps = this.catalog.plan(surroundings(), this.only).steps();
		if (this.output.json()) {
			OutputOptions.print(surroundings(), PlanView.of(steps));
		}
		else {
			surroundings().print(text(steps, this.sql));
		}
		return ExitCode.DONE;
	}

	/**
	 * Steps, and the seeds that follow them.
	 */
	static String text(List<Step> steps, SeedPlan seeds) {
		List<String> lines = new ArrayList<>();
		if (!steps.isEmpty()) {
			lines.add(text(steps, false));
		}
		if (!seeds.isEmpty()) {
			lines.add("Seeds:");
		}
		for (SeedPlan.Batch batch : seeds.batches()) {
			batch.files().forEach((file) -> lines.add("     " + batch.service().name() + " " + file.script().name()));
		}
		return String.join("\n", lines);
	}

	static String text(List<Step> steps, boolean sql) {
		List<String> lines = new ArrayList<>();
		for (int i = 0; i < steps.size(); i++) {
			Step step = steps.get(i);
			String after = step.requiredServices().isEmpty() ? "" : ", after "
					+ step.requiredServices().stream().map(String::valueOf).collect(Collectors.joining(", "));
			lines.add((i + 1) + ". " + step.service().name() + after);
			for (Migration migration : step.migrations()) {
				lines.add("     " + migration.script().name());
				if (sql && !migration.script().text().isEmpty()) {
					lines.add(migration.script().shown().stripTrailing().indent(9).stripTrailing());
				}
			}
		}
		return String.join("\n", lines);
	}

}
