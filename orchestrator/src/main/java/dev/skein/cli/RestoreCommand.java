package dev.skein.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.skein.backup.Archive;
import dev.skein.backup.ArchiveScript;
import dev.skein.backup.PostgresPrograms;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.Isolation;
import dev.skein.migration.RunCommand;
import dev.skein.migration.ServiceState;
import dev.skein.plan.MigrationPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Brings the services' schemas back from a file.
 */
@Command(name = "restore",
		description = "Replaces the services' schemas by those in a backup, all or none, in one transaction. Shows what"
				+ " will be lost and asks. The ledger stays, and tells of it. A backup is code: restore only files that"
				+ " you trust.",
		footer = { "", "Example: skein restore before-the-upgrade.dump --confirm app" })
final class RestoreCommand extends Subcommand {

	@Parameters(paramLabel = "FILE", description = "A file that skein backup wrote.")
	Path file = Path.of("");

	@Option(names = "--service", paramLabel = "SERVICE", split = ",",
			description = "Only this service (default: all in the file). May be repeated.")
	List<String> services = new ArrayList<>();

	@Option(names = "--dry-run", description = "Show what would be replaced, and change nothing.")
	boolean dryRun;

	@Mixin
	LockOptions lock = new LockOptions();

	@Mixin
	Guard guard = new Guard();

	@Mixin
	ProgramOptions programs = new ProgramOptions();

	@Mixin
	CatalogOptions catalog = new CatalogOptions();

	@Mixin
	DatabaseOptions database = new DatabaseOptions();

	@Mixin
	OutputOptions output = new OutputOptions();

	@Override
	ExitCode run() {
		if (!Files.isRegularFile(this.file)) {
			throw new UsageException("\"" + this.file + "\" is no file; nothing was touched", "check its path");
		}
		ServiceCatalog all = this.catalog.read(surroundings());
		MigrationPlan plan = MigrationPlan.of(all);
		this.services.forEach((name) -> CatalogOptions.known(all, name));
		try (Session session = open(this.database)) {
			PostgresPrograms found = this.programs.find(session, surroundings());
			Archive archive = Archive.read(found, this.file);
			List<ServiceDefinition> wanted = new RestoreSelection(this.file, archive, plan).of(this.services);
			RestoreText text = new RestoreText(this.file, archive, wanted);
			if (!this.dryRun) {
				Guard.requireUnprotected(session);
			}
			text.show(session, surroundings());
			if (!this.dryRun) {
				this.guard.require(session, surroundings());
				restore(session, found, archive, plan, wanted);
			}
			if (this.output.json()) {
				OutputOptions.print(surroundings(), text.view(session.identity(), this.dryRun));
			}
			else {
				surroundings().print(text.result(this.dryRun));
				pending(session, plan);
			}
			return ExitCode.DONE;
		}
	}

	private void restore(Session session, PostgresPrograms found, Archive archive, MigrationPlan plan,
			List<ServiceDefinition> wanted) {
		Set<SchemaName> underRoles = wanted.stream()
			.map(ServiceDefinition::schema)
			.filter(archive::isUnderRole)
			.collect(Collectors.toSet());
		List<ServiceState> fresh = session.orchestrator().status(plan);
		fresh.removeIf((state) -> state.access() != null || !underRoles.contains(state.service().schema()));
		session.database().isolation().requireRights(fresh, Isolation.ROLES);
		skein().interruption().onSignal(() -> {
			found.cancel();
			session.orchestrator().cancel();
		});
		List<String> schemas = wanted.stream().map((service) -> service.schema().value()).toList();
		session.orchestrator()
			.change(RunCommand.RESTORE, wanted, this.lock.lockWait, new Progress(surroundings()), () -> {
				this.guard.enter(session.database().guard());
				try (ArchiveScript script = archive.script(schemas)) {
					session.database().restoration().replace(wanted, underRoles, plan.services(), script);
				}
				return true;
			});
	}

	/**
	 * A backup may be older than the files.
	 */
	private void pending(Session session, MigrationPlan plan) {
		long pending = session.orchestrator().status(plan).stream().mapToLong((state) -> state.pending().size()).sum();
		if (!this.dryRun && pending > 0) {
			surroundings().say(Plural.of(pending, "migration") + " of these services " + ((pending == 1) ? "is" : "are")
					+ " not applied: skein migrate");
		}
	}

}
