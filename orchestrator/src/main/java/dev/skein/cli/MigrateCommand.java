package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.ForeignTool;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import dev.skein.migration.Fault;
import dev.skein.migration.MigrationOrchestrator;
import dev.skein.migration.MigrateOptions;
import dev.skein.migration.ServiceState;
import dev.skein.plan.MigrationPlan;
import dev.skein.plan.SeedPlan;
import dev.skein.plan.Step;
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
		this.run.options();
		this.run.files.notify.address(surroundings().environment());
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
			Cleaning cleaning = new Cleaning(session, skein());
			if (this.dryRun) {
				if (this.clean) {
					cleaning.show(plan);
				}
				List<ServiceState> states = session.orchestrator().status(plan);
				boolean refused = !this.clean && refuse(states);
				List<Step> steps = this.clean ? plan.steps() : MigrationOrchestrator.preview(plan, states);
				if (!this.clean && !refused) {
					states.removeIf((state) -> state.due().isEmpty() && !seeds.services().contains(state.service()));
					session.database().isolation().requireRights(states, this.run.files.isolation);
				}
				show(refused ? List.of() : steps, refused ? SeedPlan.NONE : seeds);
				return refused ? ExitCode.FAILED : ExitCode.DONE;
			}
			if (this.clean) {
				cleaning.clean(plan, this.guard, this.backup, this.run);
			}
			ExitCode code = this.run.run(session, plan, seeds, skein(), this.output);
			if (code == ExitCode.DONE && this.release != null && !named) {
				ReleaseCommand.add(session, platform, releases, this.release, null, this.run.files.lock);
				surroundings().say("Release: " + this.release);
			}
			return code;
		}
	}

	private MigrationPlan plan(ServiceCatalog all, MigrationPlan plan) {
		if (this.target == null) {
			return CatalogOptions.narrow(all, plan, this.only);
		}
		String[] parts = this.target.split("@", 2);
		ServiceName service = CatalogOptions.known(all, parts[0]);
		ForeignTool tool = all.service(service).map(ServiceDefinition::tool).orElse(null);
		if (tool != null) {
			throw new UsageException(
					"service \"" + service + "\" has no versions: its migrations belong to \"" + tool.name() + "\"",
					"run it to its end with: skein migrate --only " + service);
		}
		Version version = all.service(service)
			.flatMap((known) -> known.version((parts.length == 2) ? parts[1] : ""))
			.orElseThrow(
					() -> new UsageException("--target \"" + this.target + "\" names no version of \"" + service + "\"",
							"write SERVICE@VERSION; see skein plan --only " + service));
		return plan.upTo(Map.of(service, version));
	}

	/**
	 * Tells what the run itself would refuse.
	 */
	private boolean refuse(List<ServiceState> states) {
		MigrateOptions options = this.run.options();
		boolean refused = false;
		for (ServiceState state : states) {
			for (Fault fault : state.objections(options)) {
				surroundings()
					.say("Refused: " + state.service().name() + ": " + fault.message() + "\n  " + fault.hint());
				refused = true;
			}
		}
		return refused;
	}

	private void show(List<Step> steps, SeedPlan seeds) {
		if (this.output.json()) {
			OutputOptions.print(surroundings(), PlanView.of(steps, seeds));
		}
		else {
			surroundings()
				.print((steps.isEmpty() && seeds.isEmpty()) ? "Nothing to do." : PlanCommand.text(steps, seeds));
		}
	}

}
