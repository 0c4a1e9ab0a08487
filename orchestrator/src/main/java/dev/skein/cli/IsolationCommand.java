package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.Isolation;
import dev.skein.migration.IsolationChange;
import dev.skein.migration.OwnershipTransfer;
import dev.skein.migration.RunCommand;
import dev.skein.plan.MigrationPlan;
import dev.skein.text.PrintableText;

/**
 * Brings a platform that was migrated as one user under roles, or back.
 */
final class IsolationCommand extends Subcommand {

	private Isolation isolation = Isolation.ROLES;

	private boolean dryRun;

	private final LockOptions lock = new LockOptions();

	private final Confirmation confirmation = new Confirmation();

	private final CatalogOptions catalog = new CatalogOptions();

	private final DatabaseOptions database = new DatabaseOptions();

	private final OutputOptions output = new OutputOptions();

	IsolationCommand(SkeinCommand skein) {
		super(skein, "isolation",
				"Brings a platform that is there already under roles: each service's schema, and exactly what is in"
						+ " it, gets a role of its own as owner, and who owned it before keeps the right to read and write. Or"
						+ " gives all of it to the given user. Shows what changes its owner and asks. Runs no file.",
				"skein isolation roles --dry-run");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.parameter(0, "roles|none", "Where the platform shall be.", Isolation.class,
				(isolation) -> this.isolation = isolation);
		arguments.flag("--dry-run", "Show what would be changed, and change nothing.", (given) -> this.dryRun = given);
		arguments.add(this.lock, this.confirmation, this.catalog, this.database, this.output);
	}

	@Override
	ExitCode run() {
		MigrationPlan plan = this.catalog.plan(surroundings(), List.of());
		try (Session session = open(this.database)) {
			IsolationChange change = new IsolationChange(session.database(), plan, this.isolation);
			List<OwnershipTransfer> found = change.find();
			boolean changed = !found.isEmpty() && !this.dryRun;
			if (changed) {
				lines(found).forEach(surroundings()::say);
				if (this.isolation == Isolation.ROLES && session.database().isolation().mayTakeEveryRole()) {
					surroundings().say(RunWords.mayTakeEveryRole(session.identity().user()));
				}
				this.confirmation.require(session.identity(), surroundings());
				session.orchestrator()
					.change(RunCommand.ISOLATION, services(found), this.lock.lockWait, new Progress(surroundings()),
							() -> {
								change.apply(change.find());
								return true;
							});
			}
			print(session, found, changed);
			return ExitCode.DONE;
		}
	}

	private void print(Session session, List<OwnershipTransfer> found, boolean changed) {
		if (this.output.json()) {
			OutputOptions.print(surroundings(),
					new IsolationView(session.identity().toString(), this.isolation.label(), changed,
							found.stream()
								.map((transfer) -> new TransferView(transfer.service().name().value(),
										transfer.service().schema().value(), transfer.owner(), transfer.objects(),
										transfer.formerOwners(), transfer.code()))
								.toList()));
		}
		else if (found.isEmpty()) {
			surroundings().print("Nothing to change: every schema that is there " + ((this.isolation == Isolation.ROLES)
					? "belongs to its role." : "belongs to no role of its own."));
		}
		else if (changed) {
			surroundings()
				.print("Transferred " + Plural.of(found.size(), "service") + ((this.isolation == Isolation.ROLES)
						? ". Let each service's own user be a member of <schema>_app." : "."));
		}
		else {
			lines(found).forEach(surroundings()::print);
		}
	}

	private static List<String> lines(List<OwnershipTransfer> transfers) {
		List<String> lines = new ArrayList<>();
		for (OwnershipTransfer transfer : transfers) {
			lines.add("Service \"" + transfer.service().name() + "\": owned by "
					+ String.join(", ", transfer.formerOwners().stream().map((owner) -> '"' + owner + '"').toList())
					+ ", goes to \"" + transfer.owner() + "\"");
			transfer.objects().forEach((object) -> lines.add("  " + PrintableText.line(String.valueOf(object))));
			transfer.code()
				.forEach((code) -> lines.add("  Careful: " + PrintableText.line(String.valueOf(code))
						+ " will run with the rights of \"" + transfer.owner() + "\", whoever calls it"));
		}
		return lines;
	}

	private static List<ServiceDefinition> services(List<OwnershipTransfer> transfers) {
		return transfers.stream().map(OwnershipTransfer::service).toList();
	}

	/**
	 * The answer as JSON.
	 */
	record IsolationView(String database, String isolation, boolean changed, List<TransferView> services) {
	}

	/**
	 * One service of it.
	 */
	record TransferView(String service, String schema, String owner, List<String> objects, List<String> formerOwners,
			List<String> code) {
	}

}
