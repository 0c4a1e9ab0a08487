package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.skein.catalog.Migration;
import dev.skein.plan.SeedPlan;
import dev.skein.plan.Step;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Shows the steps in order.
 */
@Command(name = "plan",
		description = "Shows the steps of a fresh migration in order. Needs no database, touches"
				+ " nothing; skein migrate --dry-run shows what a database still needs.",
		footer = { "", "Example: skein plan --only git-integration --sql" })
final class PlanCommand extends Subcommand {

	@Option(names = "--only", paramLabel = "SERVICE", split = ",",
			description = "Only these services and what they require. May be repeated.")
	List<String> only = new ArrayList<>();

	@Option(names = "--sql", description = "Show the SQL of every migration, too.")
	boolean sql;

	@Mixin
	CatalogOptions catalog = new CatalogOptions();

	@Mixin
	OutputOptions output = new OutputOptions();

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
					lines.add(migration.script().text().stripTrailing().indent(9).stripTrailing());
				}
			}
		}
		return String.join("\n", lines);
	}

}
