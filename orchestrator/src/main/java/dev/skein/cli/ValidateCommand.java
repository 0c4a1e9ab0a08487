package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.skein.catalog.FileHabits;
import dev.skein.catalog.Problem;
import dev.skein.catalog.PromisedTwice;
import dev.skein.catalog.ProblemsOfOneCause;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import dev.skein.plan.InvalidPlanException;
import dev.skein.plan.MigrationPlan;
import org.jspecify.annotations.Nullable;

/**
 * Checks manifests, files and the order that follows from them.
 */
final class ValidateCommand extends Subcommand {

	private boolean undo;

	private List<String> only = List.of();

	private List<String> applied = List.of();

	private List<String> since = List.of();

	private final CatalogOptions catalog = new CatalogOptions();

	private final OutputOptions output = new OutputOptions();

	ValidateCommand(SkeinCommand skein) {
		super(skein, "validate",
				"Checks manifests and migration files. Needs no database; with --undo it also tries every undo"
						+ " script, on a throw-away database of the embedded server and on no other.",
				"skein validate --services ./services --no-builtin");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.flag("--undo",
				"Apply every migration, undo it and apply it again, and compare the schema" + " before and after.",
				(given) -> this.undo = given);
		arguments
			.option("--only", "SERVICE",
					"With --undo: try only these services; what they require is applied only. May be repeated.")
			.split()
			.each(String.class, (all) -> this.only = all);
		arguments
			.option("--since", "[SERVICE@]VERSION",
					"With --undo: try only what comes after this version, such as that with which a service was"
							+ " adopted; what comes before is applied only. May be repeated.")
			.split()
			.each(String.class, (all) -> this.since = all);
		arguments
			.option("--applied", "SERVICE@VERSION",
					"Everything of this service up to this version was applied: what speaks against the texts of"
							+ " those files is a warning. May be repeated.")
			.split()
			.each(String.class, (all) -> this.applied = all);
		arguments.add(this.catalog, this.output);
	}

	@Override
	ExitCode run() {
		if (this.undo) {
			if (!this.applied.isEmpty()) {
				throw new UsageException("--applied and --undo exclude each other", "--undo applies every file itself");
			}
			ServiceCatalog catalog = this.catalog.read(surroundings());
			MigrationPlan plan = CatalogOptions.narrow(catalog, MigrationPlan.of(catalog), this.only);
			return new UndoCheck(skein(), this.output).run(plan, this.only, SinceVersions.of(this.since, catalog));
		}
		if (!this.since.isEmpty()) {
			throw new UsageException("--since goes with --undo", "without it every file is checked");
		}
		if (!this.only.isEmpty()) {
			throw new UsageException("--only goes with --undo", "validate checks all services together");
		}
		ServiceCatalog services = this.catalog.read(surroundings());
		TextCheck texts = TextCheck.of(services, this.applied);
		texts.warnings().forEach((warning) -> surroundings().say("Warning: " + warning.describe()));
		Map<ServiceName, Version> versions = TextCheck.applied(services, this.applied);
		List<Problem> habits = services.services()
			.stream()
			.flatMap((service) -> FileHabits.warnings(service, versions.get(service.name())).stream())
			.toList();
		List<ProblemView> warnings = Stream.of(services.warnings(), texts.warnings(), habits)
			.flatMap((some) -> problems(some).stream())
			.toList();
		List<Problem> problems = new ArrayList<>(ProblemsOfOneCause.joined(texts.problems()));
		problems.addAll(PromisedTwice.in(services.services()));
		try {
			MigrationPlan plan = MigrationPlan.of(services);
			if (problems.isEmpty()) {
				valid(plan, warnings);
				habits.forEach(
						(warning) -> surroundings().say("Warning: " + warning.message() + " (" + warning.hint() + ")"));
				return ExitCode.DONE;
			}
		}
		catch (InvalidPlanException ex) {
			problems.addAll(ex.problems());
		}
		problems.sort(Problem.REPORT_ORDER);
		if (!this.output.json()) {
			throw new InvalidPlanException(problems);
		}
		print(new ValidateView(false, services.services().size(), 0, 0, 0, problems(problems), warnings), "");
		return ExitCode.USAGE;
	}

	private void valid(MigrationPlan plan, List<ProblemView> warnings) {
		long tools = plan.services().stream().filter((service) -> service.tool() != null).count();
		int migrations = plan.migrations().size() - (int) tools;
		int undo = plan.services().stream().mapToInt((service) -> service.undo().size()).sum();
		int seeds = plan.services()
			.stream()
			.flatMap((service) -> service.seeds().values().stream())
			.mapToInt(List::size)
			.sum();
		print(new ValidateView(true, plan.services().size(), migrations, undo, seeds, List.of(), warnings),
				"Valid: " + Plural.of(plan.services().size(), "service") + ", " + Plural.of(migrations, "migration")
						+ ", " + Plural.of(undo, "undo script") + ", " + Plural.of(seeds, "seed")
						+ ((tools == 0) ? "" : ", " + Plural.of(tools, "foreign tool")));
		withoutUndo(plan.services());
	}

	private void print(ValidateView view, String text) {
		if (this.output.json()) {
			OutputOptions.print(surroundings(), view);
		}
		else {
			surroundings().print(text);
		}
	}

	private void withoutUndo(List<ServiceDefinition> services) {
		for (ServiceDefinition service : services) {
			List<String> scripts = service.versioned()
				.stream()
				.filter((migration) -> !service.undo().containsKey(migration.version()))
				.map((migration) -> migration.script().name())
				.toList();
			if (!scripts.isEmpty() && service.undo().isEmpty()) {
				String which = (scripts.size() > 3) ? scripts.size() + " of its migrations"
						: String.join(", ", scripts);
				surroundings()
					.say("Note: service \"" + service.name() + "\" cannot go back over " + which + ": no undo script");
			}
		}
	}

	private static List<ProblemView> problems(List<Problem> problems) {
		return problems.stream()
			.map((problem) -> new ProblemView(problem.location().file(),
					(problem.location().line() == 0) ? null : problem.location().line(), problem.message(),
					problem.hint()))
			.toList();
	}

	/**
	 * The answer as JSON.
	 */
	record ValidateView(boolean valid, int services, int migrations, int undo, int seeds, List<ProblemView> problems,
			List<ProblemView> warnings) {

	}

	/**
	 * One problem as JSON.
	 */
	record ProblemView(String file, @Nullable Integer line, String message, @Nullable String hint) {

	}

}
