package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.ForeignTool;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceName;
import dev.skein.migration.OnDrift;
import dev.skein.plan.MigrationPlan;
import dev.skein.plan.SeedPlan;
import dev.skein.rollback.Releases;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Brings the platform up to date.
 */
@Command(name = "migrate",
		description = "Brings the platform up to date: core first, then every service in the order"
				+ " of what they require, independent ones at once.",
		footer = { "", "Example: skein migrate --only git-integration --dry-run" })
final class MigrateCommand extends Subcommand {

	@Option(names = "--clean", description = "Drop everything that these services own first, and make schema public"
			+ " anew. Shows what will be lost and asks.")
	boolean clean;

	@Option(names = "--only", paramLabel = "SERVICE", split = ",",
			description = "Only these services and what they require. May be repeated.")
	List<String> only = new ArrayList<>();

	@Option(names = "--target", paramLabel = "SERVICE@VERSION|RELEASE",
			description = "Only this service up to this version, and what that requires; or what a release has.")
	@Nullable String target;

	@Option(names = "--release", paramLabel = "NAME",
			description = "Name what is applied at the end, as a place to go back to.")
	@Nullable String release;

	@Mixin
	SeedOptions seeding = new SeedOptions();

	@Option(names = "--out-of-order", description = "Also apply a version that arrives late, below one that is applied"
			+ " already. Without it such a file stops the run.")
	boolean outOfOrder;

	@Option(names = "--on-drift", paramLabel = "fail|warn|ignore", defaultValue = "warn",
			description = "Where somebody else changed a schema that is to be migrated: refuse, say so, or do not look"
					+ " (default: ${DEFAULT-VALUE}). See skein drift.")
	OnDrift onDrift = OnDrift.WARN;

	@Option(names = "--dry-run", description = "Show what would be done, and change nothing.")
	boolean dryRun;

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
		if (this.target != null && !this.only.isEmpty()) {
			throw new UsageException("--only and --target exclude each other", null);
		}
		if (this.target != null && !this.seeding.isEmpty()) {
			throw new UsageException("--seed and --target exclude each other",
					"seeds are for services that are migrated to their end");
		}
		ServiceCatalog all = this.catalog.read(surroundings());
		MigrationPlan platform = MigrationPlan.of(all);
		boolean toRelease = this.target != null && ReleaseOptions.isMeant(this.target, all);
		MigrationPlan narrowed = toRelease ? platform : plan(all, platform);
		SeedPlan seeds = this.seeding.of(all, narrowed, surroundings());
		if (this.outOfOrder) {
			this.run.allowOutOfOrder();
		}
		this.run.files.onDrift(this.onDrift);
		this.run.check(surroundings());
		if (this.backup.isAsked() && !this.clean) {
			throw new UsageException("--backup is for --clean: without it nothing is dropped",
					"take a backup with: skein backup FILE");
		}
		try (Session session = open(this.database)) {
			Releases releases = new Releases(platform, session.database());
			MigrationPlan plan = toRelease ? ReleaseOptions.plan(releases, session, String.valueOf(this.target))
					: narrowed;
			boolean named = this.release != null && ReleaseOptions.isNamed(releases, this.release, plan);
			this.seeding.requireUnprotected(session);
			if (this.dryRun) {
				DryRun dry = new DryRun(session, this.run.options(), surroundings(), this.output);
				return this.clean ? dry.anew(new Cleaning(session, skein()), plan, seeds) : dry.run(plan, seeds);
			}
			ExitCode code = this.clean
					? new Renewal(session, skein(), this.guard, this.backup, this.run).run(plan, seeds, this.output)
					: this.run.run(session, plan, seeds, skein(), this.output);
			if (code == ExitCode.DONE && this.release != null && !named) {
				ReleaseCommand.add(session, platform, new Releases(platform, session.database()), this.release, null,
						this.run.files.lock);
				surroundings().say("Release: " + this.release);
			}
			return code;
		}
	}

	private MigrationPlan plan(ServiceCatalog all, MigrationPlan plan) {
		if (this.target == null) {
			return CatalogOptions.narrow(all, plan, this.only);
		}
		TypedVersion typed = TypedVersion.of(this.target, all);
		ServiceName service = typed.service().name();
		ForeignTool tool = typed.service().tool();
		if (tool != null) {
			throw new UsageException(
					"service \"" + service + "\" has no versions: its migrations belong to \"" + tool.name() + "\"",
					"run it to its end with: skein migrate --only " + service);
		}
		return plan.upTo(Map.of(service, typed.find()
			.orElseThrow(() -> typed.unknown("--target", "write SERVICE@VERSION; see skein plan --only " + service))));
	}

}
