package dev.skein.cli;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.skein.catalog.ForeignTool;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.Version;
import dev.skein.migration.MigrateOptions;
import dev.skein.migration.Outcome;
import dev.skein.notice.RunNotices;
import dev.skein.plan.MigrationPlan;
import dev.skein.rollback.Rollback;
import dev.skein.rollback.RollbackPlan;
import dev.skein.rollback.RollbackPlanner;
import dev.skein.rollback.RollbackReport;
import dev.skein.rollback.RollbackTarget;
import org.jspecify.annotations.Nullable;

/**
 * Undoes migrations.
 */
final class RollbackCommand extends Subcommand {

	private @Nullable Integer steps;

	private @Nullable String to;

	private boolean dryRun;

	private final RunOptions run = new RunOptions();

	private final BackupOption backup = new BackupOption();

	private final Confirmation confirmation = new Confirmation();

	private final CatalogOptions catalog = new CatalogOptions();

	private final DatabaseOptions database = new DatabaseOptions();

	private final OutputOptions output = new OutputOptions();

	RollbackCommand(SkeinCommand skein) {
		super(skein, "rollback",
				"Undoes migrations with their undo scripts, last first, each in one transaction with its row in"
						+ " the history. Takes along whatever was built on them. Shows everything that will be done and lost,"
						+ " and asks.",
				"skein rollback --to 2026.11 --dry-run");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.oneOf((either) -> {
			either.option("--steps", "N", "The last N migrations, in whatever service.")
				.as(Integer.class, (number) -> this.steps = number);
			either
				.option("--to", "SERVICE@VERSION|RELEASE",
						"Down to this version of a service (0: all of it), or to what was applied when a release was"
								+ " named.")
				.as(String.class, (text) -> this.to = text);
		});
		arguments.flag("--dry-run", "Show what would be undone and lost, and change nothing.",
				(given) -> this.dryRun = given);
		arguments.add(this.run, this.backup, this.confirmation, this.catalog, this.database, this.output);
	}

	@Override
	ExitCode run() {
		ServiceCatalog all = this.catalog.read(surroundings());
		MigrationPlan platform = MigrationPlan.of(all);
		RollbackTarget asked = (this.to == null || !ReleaseOptions.isMeant(this.to, all)) ? withoutDatabase(all) : null;
		MigrateOptions options = this.run.options(1, false, surroundings());
		this.run.notify.address(surroundings().environment());
		try (Session session = open(this.database)) {
			this.run.announce(session, surroundings());
			RollbackTarget target = (asked != null) ? asked : new RollbackTarget.ToRelease(
					ReleaseOptions.known(session.database().ledger().releases(), String.valueOf(this.to)));
			RollbackPlanner planner = new RollbackPlanner(platform, session.database());
			RollbackPlan plan = planner.plan(target);
			if (plan.isEmpty()) {
				return nothing(session, target);
			}
			RollbackText text = new RollbackText(surroundings());
			requireUndo(plan);
			Rollback rollback = new Rollback(platform, session.database(), session.engine(), session.orchestrator());
			rollback.requireRights(plan, options);
			text.show(plan, planner.strangers(), planner.foreign(plan), session);
			if (this.dryRun) {
				print(RollbackView.planned(session.identity(), plan));
				return ExitCode.DONE;
			}
			Guard.requireUnprotected(session, "if it really is to lose what is shown above: skein unprotect");
			this.backup.begin(session, this.confirmation, surroundings());
			this.confirmation.require(session.identity(), surroundings());
			Runnable first = () -> {
				this.backup.take(session, skein(), session.database().losses(plan.schemas()));
				skein().interruption().onSignal(session.orchestrator()::cancel);
			};
			RollbackReport report;
			try (RunNotices notices = this.run.notify.notices("rollback", session.identity(), surroundings())) {
				Progress progress = new Progress(surroundings(), notices, this.run.quiet);
				try {
					report = rollback.run(planner, target, plan, first, options, progress);
				}
				finally {
					progress.end();
				}
				notices.ended(report.run(), report.outcome().label(report.interrupted()), report.durationMillis(),
						report.undone().size());
				print(RollbackView.of(report));
				if (!this.output.json()) {
					text.print(report);
				}
			}
			if (report.stopped() != null) {
				return ExitCode.CANNOT_START;
			}
			return (report.outcome() == Outcome.APPLIED) ? ExitCode.DONE : ExitCode.FAILED;
		}
	}

	private void print(RollbackView view) {
		if (this.output.json()) {
			OutputOptions.print(surroundings(), view);
		}
	}

	private ExitCode nothing(Session session, RollbackTarget target) {
		print(RollbackView.planned(session.identity(), new RollbackPlan(target.request(), List.of(), 0, List.of())));
		if (!this.output.json()) {
			surroundings().print("Nothing to undo.");
		}
		return ExitCode.DONE;
	}

	private RollbackTarget withoutDatabase(ServiceCatalog all) {
		if (this.to == null) {
			int steps = Objects.requireNonNull(this.steps);
			if (steps < 1) {
				throw new UsageException("--steps must be 1 or more, not " + steps, null);
			}
			return new RollbackTarget.Steps(steps);
		}
		TypedVersion typed = TypedVersion.of(this.to, all);
		ForeignTool tool = typed.service().tool();
		if (tool != null) {
			throw new UsageException("service \"" + typed.service().name()
					+ "\" cannot be rolled back: its migrations belong to \"" + tool.name() + "\"",
					"nothing was touched; undo them with that tool");
		}
		Version version = typed.find().orElse(null);
		if (version == null && !typed.version().equals("0")) {
			throw typed.unknown("--to", "write SERVICE@VERSION, or SERVICE@0 to undo all of it; see skein status");
		}
		return new RollbackTarget.ToVersion(typed.service().name(), version);
	}

	private static void requireUndo(RollbackPlan plan) {
		List<String> missing = plan.withoutUndo()
			.stream()
			.map((step) -> "  " + step.service().name() + ": " + step.row().script())
			.toList();
		if (!missing.isEmpty()) {
			throw new UsageException(
					Plural.of(missing.size(), "migration") + " cannot be undone, for want of an undo script:\n"
							+ String.join("\n", missing),
					"nothing was touched; " + plan.withoutUndo()
						.stream()
						.map((step) -> step.service().format().wayBack())
						.distinct()
						.collect(Collectors.joining("; ")) + ", or bring a backup back");
		}
	}

}
