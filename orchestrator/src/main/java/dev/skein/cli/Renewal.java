package dev.skein.cli;

import java.util.Optional;

import dev.skein.migration.CannotStartException;
import dev.skein.migration.CopiedRun;
import dev.skein.migration.Losses;
import dev.skein.migration.MigrationOrchestrator;
import dev.skein.migration.Outcome;
import dev.skein.migration.PlatformTemplates;
import dev.skein.migration.RunLock;
import dev.skein.migration.RunReport;
import dev.skein.migration.TemplateKey;
import dev.skein.plan.MigrationPlan;
import dev.skein.plan.SeedPlan;

/**
 * Drops everything that a plan's services own and migrates again. On the embedded
 * database, where that leaves nothing but what the plan makes, it keeps the result, and
 * puts a copy of that in the database's place the next time.
 */
final class Renewal {

	private final Session session;

	private final SkeinCommand skein;

	private final Guard guard;

	private final BackupOption backup;

	private final PlanRunOptions options;

	private final Cleaning cleaning;

	Renewal(Session session, SkeinCommand skein, Guard guard, BackupOption backup, PlanRunOptions options) {
		this.session = session;
		this.skein = skein;
		this.guard = guard;
		this.backup = backup;
		this.options = options;
		this.cleaning = new Cleaning(session, skein);
	}

	ExitCode run(MigrationPlan plan, SeedPlan seeds, OutputOptions output) {
		DryRun.requireRunnable(plan.migrations(), seeds);
		Losses losses = this.cleaning.ask(plan, this.guard, this.backup, this.options);
		// What a foreign tool does, nobody knows but the tool.
		if (!this.session.settings().embedded()
				|| plan.services().stream().anyMatch((service) -> service.tool() != null)) {
			this.cleaning.clean(plan, this.guard, this.backup, this.options, losses);
			return this.options.run(this.session, plan, seeds, this.skein, output);
		}
		try (PlatformTemplates templates = this.skein.backend().templates(this.session.settings())) {
			TemplateKey key = templates.key(plan, this.options.files.isolation);
			long start = System.nanoTime();
			Optional<CopiedRun> copied = replace(templates, key, plan, losses);
			if (copied.isEmpty()) {
				this.cleaning.clean(plan, this.guard, this.backup, this.options, losses);
			}
			return this.options.run(this.session, this.skein, output, (progress) -> copied.map((copy) -> {
				progress.copied(copy.migrations(), plan.services().size());
				return copy.followedBy(migrate(plan, seeds, progress), millisSince(start));
			}).orElseGet(() -> migrateAndKeep(templates, key, plan, seeds, progress)));
		}
	}

	/**
	 * Under the run lock until the copy and its ledger are whole. To take the place of
	 * the database, no session may be left there, so not even the one with the lock.
	 */
	private Optional<CopiedRun> replace(PlatformTemplates templates, TemplateKey key, MigrationPlan plan,
			Losses losses) {
		Optional<PlatformTemplates.Replacement> prepared = Optional.empty();
		try {
			try (RunLock lock = this.session.database()
				.lock(this.options.options(this.skein.surroundings()).lockWait(),
						new Progress(this.skein.surroundings())::waiting)) {
				prepared = templates.prepare(key, plan, this.session.identity().name());
				if (prepared.isEmpty()) {
					return Optional.empty();
				}
				this.cleaning.enter(this.guard, this.backup, losses);
			}
			PlatformTemplates.Replacement replacement = prepared.get();
			this.session.away(() -> {
				if (!replacement.swap(this.guard.disconnect)) {
					throw new CannotStartException("somebody connected to the database meanwhile; nothing was dropped",
							"run again to see who", null);
				}
			});
			return Optional.of(replacement.run());
		}
		finally {
			prepared.ifPresent(PlatformTemplates.Replacement::close);
		}
	}

	/**
	 * What is kept is without seeds, so they are a run of their own here.
	 */
	private RunReport migrateAndKeep(PlatformTemplates templates, TemplateKey key, MigrationPlan plan, SeedPlan seeds,
			Progress progress) {
		RunReport report = migrate(plan, SeedPlan.NONE, progress);
		if (report.outcome() != Outcome.APPLIED) {
			return report.withoutSeeds(seeds);
		}
		this.session.away(() -> templates.keep(key, plan, report.run(), report.database().name()));
		return seeds.isEmpty() ? report : report.followedBy(migrate(plan, seeds, progress));
	}

	private RunReport migrate(MigrationPlan plan, SeedPlan seeds, Progress progress) {
		MigrationOrchestrator orchestrator = this.session.orchestrator();
		this.skein.interruption().onSignal(orchestrator::cancel);
		return orchestrator.migrate(plan, seeds, this.options.options(this.skein.surroundings()), progress);
	}

	private static long millisSince(long start) {
		return (System.nanoTime() - start) / 1_000_000;
	}

}
