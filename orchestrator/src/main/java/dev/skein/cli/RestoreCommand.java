package dev.skein.cli;

import java.nio.file.Files;
import java.nio.file.Path;
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

/**
 * Brings the services' schemas back from a file.
 */
final class RestoreCommand extends Subcommand {

	private Path file = Path.of("");

	private List<String> services = List.of();

	private boolean dryRun;

	private final LockOptions lock = new LockOptions();

	private final Guard guard = new Guard();

	private final ProgramOptions programs = new ProgramOptions();

	private final CatalogOptions catalog = new CatalogOptions();

	private final DatabaseOptions database = DatabaseOptions.creating();

	private final OutputOptions output = new OutputOptions();

	RestoreCommand(SkeinCommand skein) {
		super(skein, "restore",
				"Replaces the services' schemas by those in a backup, all or none, in one transaction. Shows what"
						+ " will be lost and asks. The ledger stays, and tells of it. A backup is code: restore only files that"
						+ " you trust.",
				"skein restore before-the-upgrade.dump --confirm app");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.parameter(0, "FILE", "A file that skein backup wrote.", Path.class, (path) -> this.file = path);
		arguments.option("--service", "SERVICE", "Only this service (default: all in the file). May be repeated.")
			.split()
			.each(String.class, (all) -> this.services = all);
		arguments.flag("--dry-run", "Show what would be replaced, and change nothing.", (given) -> this.dryRun = given);
		arguments.add(this.lock, this.guard, this.programs, this.catalog, this.database, this.output);
	}

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
