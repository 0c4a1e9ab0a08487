package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;

import dev.skein.migration.Baseline;
import dev.skein.migration.BaselineTarget;
import dev.skein.migration.RunCommand;
import dev.skein.migration.ToolTakeover;
import dev.skein.plan.MigrationPlan;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Takes over schemas that something else filled.
 */
@Command(name = "baseline",
		description = "Takes over schemas that have the tables of their first versions already: gives each a history"
				+ " that begins at a version, so that migrate applies only what is above it. Checks all of them first,"
				+ " shows what it does and asks. Runs no file.",
		footer = { "", "Example: skein baseline user-auth@006 template-manager@003",
				"         skein baseline --from-tool user-auth" })
final class BaselineCommand extends Subcommand {

	@Parameters(paramLabel = "SERVICE@VERSION", arity = "0..*",
			description = "A service, and the last of its versions whose work is there; with --from-tool without one.")
	List<String> arguments = new ArrayList<>();

	@ArgGroup(exclusive = false, multiplicity = "0..*")
	List<Pair> pairs = new ArrayList<>();

	@Option(names = "--from-tool",
			description = "Read the versions from the table in which the tool that migrated the service so far keeps its"
					+ " record: golang-migrate, dbmate, goose, diesel, sqlx, node-pg-migrate, Sequelize, knex.")
	boolean fromTool;

	@Option(names = "--dry-run", description = "Check and show what would be done, and change nothing.")
	boolean dryRun;

	@Mixin
	LockOptions lock = new LockOptions();

	@Mixin
	Confirmation confirmation = new Confirmation();

	@Mixin
	CatalogOptions catalog = new CatalogOptions();

	@Mixin
	DatabaseOptions database = new DatabaseOptions();

	@Mixin
	OutputOptions output = new OutputOptions();

	@Override
	ExitCode run() {
		MigrationPlan plan = this.catalog.plan(surroundings(), List.of());
		BaselineTargets given = new BaselineTargets(plan.services());
		this.arguments.forEach(this.fromTool ? given::addNamed : given::add);
		this.pairs.forEach((pair) -> given.add(pair.service, pair.version));
		if (given.targets().isEmpty() && given.named().isEmpty()) {
			refuse(given.problems().isEmpty() ? List.of("no service is given: write "
					+ (this.fromTool ? "SERVICE" : "SERVICE@VERSION") + ", several if need be") : given.problems());
		}
		try (Session session = open(this.database)) {
			Baseline baseline = new Baseline(session.database(), session.engine());
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

	/**
	 * The same as SERVICE@VERSION, in two options.
	 */
	static final class Pair {

		@Option(names = "--service", paramLabel = "SERVICE", required = true,
				description = "A service, where --version follows. May be repeated with it.")
		String service = "";

		@Option(names = "--version", paramLabel = "VERSION", required = true, description = "Its version.")
		String version = "";

	}

}
