package dev.skein.cli;

import dev.skein.catalog.ServiceCatalog;
import dev.skein.plan.MigrationPlan;
import dev.skein.plan.SeedPlan;

/**
 * Drops everything and migrates again.
 */
final class ResetCommand extends Subcommand {

	private boolean dryRun;

	private final SeedOptions seeding = new SeedOptions();

	private final PlanRunOptions run = new PlanRunOptions();

	private final Guard guard = new Guard();

	private final BackupOption backup = new BackupOption();

	private final CatalogOptions catalog = new CatalogOptions();

	private final DatabaseOptions database = DatabaseOptions.creating();

	private final OutputOptions output = new OutputOptions();

	ResetCommand(SkeinCommand skein) {
		super(skein, "reset",
				"Drops everything that the services own, makes schema public anew, and migrates"
						+ " again. Shows what will be lost and asks.",
				"skein reset --url postgresql://localhost/app --user app --confirm app");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.flag("--dry-run", "Show what would be dropped and migrated, and change nothing.",
				(given) -> this.dryRun = given);
		arguments.add(this.seeding, this.run, this.guard, this.backup, this.catalog, this.database, this.output);
	}

	@Override
	ExitCode run() {
		ServiceCatalog services = this.catalog.read(surroundings());
		MigrationPlan plan = MigrationPlan.of(services);
		SeedPlan seeds = this.seeding.of(services, plan, surroundings());
		this.run.check(surroundings());
		try (Session session = open(this.database)) {
			if (this.dryRun) {
				DryRun dry = new DryRun(session, this.run.options(surroundings()), surroundings(), this.output);
				return dry.anew(new Cleaning(session, skein()), plan, seeds);
			}
			return new Renewal(session, skein(), this.guard, this.backup, this.run).run(plan, seeds, this.output);
		}
	}

}
