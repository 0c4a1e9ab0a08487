package dev.skein.cli;

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

/**
 * Brings the platform up to date.
 */
final class MigrateCommand extends Subcommand {

	private boolean clean;

	private List<String> only = List.of();

	private @Nullable String target;

	private @Nullable String release;

	private final SeedOptions seeding = new SeedOptions();

	private boolean outOfOrder;

	private OnDrift onDrift = OnDrift.WARN;

	private boolean dryRun;

	private boolean tables;

	private final PlanRunOptions run = new PlanRunOptions();

	private final Guard guard = new Guard();

	private final BackupOption backup = new BackupOption();

	private final CatalogOptions catalog = new CatalogOptions();

	private final DatabaseOptions database = DatabaseOptions.creating();

	private final OutputOptions output = new OutputOptions();

	MigrateCommand(SkeinCommand skein) {
		super(skein, "migrate",
				"Brings the platform up to date: core first, then every service in the order"
						+ " of what they require, independent ones at once.",
				"skein migrate --only git-integration --dry-run");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.flag("--clean", "Drop everything that these services own first, and make schema public"
				+ " anew. Shows what will be lost and asks.", (given) -> this.clean = given);
		arguments.option("--only", "SERVICE", "Only these services and what they require. May be repeated.")
			.split()
			.each(String.class, (all) -> this.only = all);
		arguments
			.option("--target", "SERVICE@VERSION|RELEASE",
					"Only this service up to this version, and what that requires; or what a release has.")
			.as(String.class, (text) -> this.target = text);
		arguments.option("--release", "NAME", "Name what is applied at the end, as a place to go back to.")
			.as(String.class, (text) -> this.release = text);
		arguments.add(this.seeding);
		arguments.flag("--out-of-order", "Also apply a version that arrives late, below one that is applied"
				+ " already. Without it such a file stops the run.", (given) -> this.outOfOrder = given);
		arguments
			.option("--on-drift", "fail|warn|ignore",
					"Where somebody else changed a schema that is to be migrated: refuse, say so, or do not look"
							+ " (default: ${DEFAULT-VALUE}). See skein drift.")
			.otherwise("warn")
			.as(OnDrift.class, (onDrift) -> this.onDrift = onDrift);
		arguments.flag("--dry-run", "Show what would be done, and change nothing.", (given) -> this.dryRun = given);
		arguments.flag("--tables", "At the end, list the tables as skein verify --tables does.",
				(given) -> this.tables = given);
		arguments.add(this.run, this.guard, this.backup, this.catalog, this.database, this.output);
	}

	@Override
	ExitCode run() {
		if (this.target != null && !this.only.isEmpty()) {
			throw new UsageException("--only and --target exclude each other", null);
		}
		if (this.target != null && !this.seeding.isEmpty()) {
			throw new UsageException("--seed and --target exclude each other",
					"seeds are for services that are migrated to their end");
		}
		if (this.tables && this.output.json()) {
			throw new UsageException("--tables goes with --output text here",
					"for JSON ask afterwards: skein verify --tables --output json");
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
				DryRun dry = new DryRun(session, this.run.options(surroundings()), surroundings(), this.output);
				return this.clean ? dry.anew(new Cleaning(session, skein()), plan, seeds) : dry.run(plan, seeds);
			}
			ExitCode code = this.clean
					? new Renewal(session, skein(), this.guard, this.backup, this.run).run(plan, seeds, this.output)
					: this.run.run(session, plan, seeds, skein(), this.output);
			if (this.tables) {
				TablesText.print(TablesText.read(session, plan), surroundings());
			}
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
