package dev.skein.cli;

import dev.skein.catalog.ServiceCatalog;
import dev.skein.plan.MigrationPlan;
import dev.skein.plan.SeedPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Drops everything and migrates again.
 */
@Command(name = "reset",
		description = "Drops everything that the services own, makes schema public anew, and migrates"
				+ " again. Shows what will be lost and asks.",
		footer = { "", "Example: skein reset --url postgresql://localhost/app --user app --confirm app" })
final class ResetCommand extends Subcommand {

	@Mixin
	SeedOptions seeding = new SeedOptions();

	@Mixin
	MigrateOptionsMixin run = new MigrateOptionsMixin();

	@Mixin
	Guard guard = new Guard();

	@Mixin
	BackupOption backup = new BackupOption();

	@Mixin
	CatalogOptions catalog = new CatalogOptions();

	@Mixin
	DatabaseOptions database = new DatabaseOptions();

	@Mixin
	OutputOptions output = new OutputOptions();

	@Override
	ExitCode run() {
		ServiceCatalog services = this.catalog.read(surroundings());
		MigrationPlan plan = MigrationPlan.of(services);
		SeedPlan seeds = this.seeding.of(services, plan, surroundings());
		this.run.check(surroundings());
		try (Session session = open(this.database)) {
			return new Renewal(session, skein(), this.guard, this.backup, this.run).run(plan, seeds, this.output);
		}
	}

}
