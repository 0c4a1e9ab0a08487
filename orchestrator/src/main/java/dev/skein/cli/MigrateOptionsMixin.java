package dev.skein.cli;

import java.time.Duration;

import dev.skein.migration.Isolation;
import dev.skein.migration.MigrateOptions;
import dev.skein.migration.RunReport;
import dev.skein.plan.MigrationPlan;
import dev.skein.plan.SeedPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How to run a plan, for every command that runs one.
 */
final class MigrateOptionsMixin {

	@Option(names = "--jobs", paramLabel = "N",
			description = "How many services at once (default: one for each processor).")
	@Nullable Integer jobs;

	@Option(names = "--lock-wait", paramLabel = "TIME", defaultValue = "5m",
			description = "How long to wait for another run to end (default: ${DEFAULT-VALUE}).")
	Duration lockWait = Duration.ofMinutes(5);

	@Option(names = "--warn-after", paramLabel = "TIME", defaultValue = "5m",
			description = "Warn of a file that runs longer, and say what it waits for; 0 never"
					+ " (default: ${DEFAULT-VALUE}).")
	Duration warnAfter = Duration.ofMinutes(5);

	@Option(names = "--isolation", paramLabel = "roles|none", defaultValue = "roles",
			description = "As whom the files run: each service as a role of its own that owns its schema, or everything"
					+ " as the given user (default: ${DEFAULT-VALUE}).")
	Isolation isolation = Isolation.ROLES;

	/** Not an option of every command that runs a plan. */
	private boolean outOfOrder;

	void allowOutOfOrder() {
		this.outOfOrder = true;
	}

	MigrateOptions options() {
		int number = (this.jobs != null) ? this.jobs : Runtime.getRuntime().availableProcessors();
		if (number < 1) {
			throw new UsageException("--jobs must be 1 or more, not " + number, null);
		}
		return new MigrateOptions(number, this.lockWait, this.warnAfter, this.outOfOrder, this.isolation);
	}

	/**
	 * Runs a plan and seeds, and prints the report.
	 */
	ExitCode run(Session session, MigrationPlan plan, SeedPlan seeds, SkeinCommand skein, OutputOptions output) {
		Surroundings surroundings = skein.surroundings();
		MigrateOptions options = options();
		if (options.isolation() == Isolation.NONE) {
			surroundings.say("Isolation: none, every file runs as \"" + session.identity().user() + "\"");
		}
		skein.interruption().onSignal(session.orchestrator()::cancel);
		Progress progress = new Progress(surroundings);
		RunReport report = session.orchestrator().migrate(plan, seeds, options, progress);
		progress.end();
		if (output.json()) {
			OutputOptions.print(surroundings, MigrateView.of(report));
		}
		else {
			new RunText(report).print(surroundings);
		}
		return switch (report.outcome()) {
			case APPLIED, UP_TO_DATE -> ExitCode.DONE;
			case FAILED, BLOCKED -> ExitCode.FAILED;
		};
	}

}
