package dev.skein.cli;

import java.util.function.Function;

import dev.skein.migration.MigrateOptions;
import dev.skein.migration.RunReport;
import dev.skein.notice.RunNotices;
import dev.skein.plan.MigrationPlan;
import dev.skein.plan.SeedPlan;
import org.jspecify.annotations.Nullable;

/**
 * How to run a plan, for every command that runs one.
 */
final class PlanRunOptions implements Options {

	private @Nullable Integer jobs;

	final RunOptions files = new RunOptions();

	/** Not an option of every command that runs a plan. */
	private boolean outOfOrder;

	@Override
	public void declare(Arguments arguments) {
		arguments.option("--jobs", "N", "How many services at once (default: one for each processor, four at least).")
			.as(Integer.class, (number) -> this.jobs = number);
		arguments.add(this.files);
	}

	void allowOutOfOrder() {
		this.outOfOrder = true;
	}

	MigrateOptions options(Surroundings surroundings) {
		int number = (this.jobs != null) ? this.jobs : MigrateOptions.usualJobs();
		if (number < 1) {
			throw new UsageException("--jobs must be 1 or more, not " + number, null);
		}
		return this.files.options(number, this.outOfOrder, surroundings);
	}

	/**
	 * Refuses what is wrong with them, before any database is touched.
	 */
	void check(Surroundings surroundings) {
		options(surroundings);
		this.files.notify.address(surroundings.environment());
	}

	/**
	 * Runs a plan and seeds, and prints the report.
	 */
	ExitCode run(Session session, MigrationPlan plan, SeedPlan seeds, SkeinCommand skein, OutputOptions output) {
		MigrateOptions options = options(skein.surroundings());
		return run(session, skein, output, (progress) -> {
			skein.interruption().onSignal(session.orchestrator()::cancel);
			return session.orchestrator().migrate(plan, seeds, options, progress);
		});
	}

	/**
	 * Runs whatever gives the report of a run, and prints that.
	 */
	ExitCode run(Session session, SkeinCommand skein, OutputOptions output, Function<Progress, RunReport> work) {
		Surroundings surroundings = skein.surroundings();
		this.files.announce(session, surroundings);
		RunReport report;
		try (RunNotices notices = this.files.notify.notices("migrate", session.identity(), surroundings)) {
			Progress progress = new Progress(surroundings, notices, this.files.quiet);
			try {
				report = work.apply(progress);
			}
			finally {
				progress.end();
			}
			notices.ended(report.run(), report.outcome().label(report.interrupted()), report.durationMillis(),
					report.migrations());
			if (output.json()) {
				OutputOptions.print(surroundings, MigrateView.of(report));
			}
			else {
				new RunText(report).print(surroundings);
			}
		}
		if (report.stopped() != null) {
			return ExitCode.CANNOT_START;
		}
		return switch (report.outcome()) {
			case APPLIED, UP_TO_DATE -> ExitCode.DONE;
			case FAILED, BLOCKED -> ExitCode.FAILED;
		};
	}

}
