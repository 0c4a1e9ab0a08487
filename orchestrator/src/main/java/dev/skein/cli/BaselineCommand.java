package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;

import dev.skein.migration.Baseline;
import dev.skein.migration.BaselineTarget;
import dev.skein.migration.RunCommand;
import dev.skein.migration.ToolTakeover;
import dev.skein.plan.MigrationPlan;

/**
 * Takes over schemas that something else filled.
 */
final class BaselineCommand extends Subcommand {

	private List<String> arguments = List.of();

	private final List<String> services = new ArrayList<>();

	/** One for each service. */
	private final List<String> versions = new ArrayList<>();

	private boolean fromTool;

	private boolean dryRun;

	private final LockOptions lock = new LockOptions();

	private final Confirmation confirmation = new Confirmation();

	private final CatalogOptions catalog = new CatalogOptions();

	private final DatabaseOptions database = DatabaseOptions.creating();

	private final OutputOptions output = new OutputOptions();

	BaselineCommand(SkeinCommand skein) {
		super(skein, "baseline",
				"Takes over schemas that have the tables of their first versions already: gives each a history"
						+ " that begins at a version, so that migrate applies only what is above it. Checks all of them first,"
						+ " shows what it does and asks. Runs no file.",
				"skein baseline user-auth@006 template-manager@003", "skein baseline --from-tool user-auth");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.parameters(0, 0, "SERVICE@VERSION",
				"A service, and the last of its versions whose work is there; with --from-tool without one.",
				(all) -> this.arguments = all);
		arguments.repeated((pair) -> {
			pair.option("--service", "SERVICE", "A service, where --version follows. May be repeated with it.")
				.required()
				.as(String.class, this.services::add);
			pair.option("--version", "VERSION", "Its version.").required().as(String.class, this.versions::add);
		});
		arguments.flag("--from-tool",
				"Read the versions from the table in which the tool that migrated the service so far keeps its"
						+ " record: golang-migrate, dbmate, goose, diesel, sqlx, node-pg-migrate, Sequelize, knex.",
				(given) -> this.fromTool = given);
		arguments.flag("--dry-run", "Check and show what would be done, and change nothing.",
				(given) -> this.dryRun = given);
		arguments.add(this.lock, this.confirmation, this.catalog, this.database, this.output);
	}

	@Override
	ExitCode run() {
		MigrationPlan plan = this.catalog.plan(surroundings(), List.of());
		BaselineTargets given = new BaselineTargets(plan.services());
		this.arguments.forEach(this.fromTool ? given::addNamed : given::add);
		for (int pair = 0; pair < this.services.size(); pair++) {
			given.add(this.services.get(pair), this.versions.get(pair));
		}
		if (given.targets().isEmpty() && given.named().isEmpty()) {
			refuse(given.problems().isEmpty() ? List.of("no service is given: write "
					+ (this.fromTool ? "SERVICE" : "SERVICE@VERSION") + ", several if need be") : given.problems());
		}
		try (Session session = open(this.database)) {
			Baseline baseline = new Baseline(session.database(), session.engine(), plan.services());
			List<String> problems = new ArrayList<>(given.problems());
			List<ToolTakeover> takeovers = new ArrayList<>();
			given.named().forEach((service) -> baseline.fromTool(service, problems).ifPresent(takeovers::add));
			takeovers.forEach((takeover) -> ToolTakeoverText.print(takeover, surroundings()));
			List<BaselineTarget> targets = new ArrayList<>(given.targets());
			if (problems.isEmpty()) {
				takeovers.forEach((takeover) -> targets.add(takeover.target()));
			}
			problems.addAll(baseline.objections(targets));
			refuse(problems);
			List<Baseline.Result> results = targets.stream()
				.map((target) -> new Baseline.Result(target, null))
				.toList();
			if (!this.dryRun) {
				targets.forEach((target) -> surroundings()
					.say("Begins the history of " + BaselineText.describe(target) + "; no file up to it will be run"));
				this.confirmation.require(session.identity(), surroundings());
				List<Baseline.Result> written = new ArrayList<>();
				session.orchestrator()
					.change(RunCommand.BASELINE, targets.stream().map(BaselineTarget::service).toList(),
							this.lock.lockWait, new Progress(surroundings()), () -> {
								written.addAll(baseline.write(targets));
								return written.stream().allMatch((result) -> result.error() == null);
							});
				results = written;
			}
			if (this.output.json()) {
				OutputOptions.print(surroundings(), BaselineView.of(session.identity(), this.dryRun, results));
			}
			else {
				new BaselineText(results, targets).print(this.dryRun, surroundings());
				takeovers.forEach((takeover) -> surroundings()
					.say("Table " + takeover.record().table() + " is left as it is: drop it when nothing runs "
							+ takeover.record().tool().label() + " here any more"));
			}
			return results.stream().anyMatch((result) -> result.error() != null) ? ExitCode.FAILED : ExitCode.DONE;
		}
	}

	/**
	 * Ends the command where there are problems, and names all of them.
	 */
	private static void refuse(List<String> problems) {
		if (problems.size() == 1) {
			throw new UsageException(problems.get(0), "nothing was touched");
		}
		if (!problems.isEmpty()) {
			throw new UsageException(Plural.of(problems.size(), "problem") + "\n  " + String.join("\n  ", problems),
					"nothing was touched");
		}
	}

}
