package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.migration.Fault;
import dev.skein.migration.HistoryRepair;
import dev.skein.migration.RunCommand;
import dev.skein.migration.ServiceRepair;
import dev.skein.migration.ServiceState;
import dev.skein.plan.MigrationPlan;

/**
 * Makes histories agree with the files again.
 */
final class RepairCommand extends Subcommand {

	private List<String> services = List.of();

	private boolean dryRun;

	private final LockOptions lock = new LockOptions();

	private final Confirmation confirmation = new Confirmation();

	private final CatalogOptions catalog = new CatalogOptions();

	private final DatabaseOptions database = new DatabaseOptions();

	private final OutputOptions output = new OutputOptions();

	RepairCommand(SkeinCommand skein) {
		super(skein, "repair",
				"Makes the histories agree with the files: takes over checksums and names of edited and renamed"
						+ " migrations, marks those as deleted whose file is gone, and removes the rows of failed ones. Shows"
						+ " each change and asks. Runs no file.",
				"skein repair --service user-auth --dry-run");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.option("--service", "SERVICE", "Only this service (default: all). May be repeated.")
			.split()
			.each(String.class, (all) -> this.services = all);
		arguments.flag("--dry-run", "Show what would be changed, and change nothing.", (given) -> this.dryRun = given);
		arguments.add(this.lock, this.confirmation, this.catalog, this.database, this.output);
	}

	@Override
	ExitCode run() {
		MigrationPlan plan = this.catalog.plan(surroundings(), this.services);
		Set<ServiceName> names = plan.services()
			.stream()
			.map(ServiceDefinition::name)
			.filter((name) -> this.services.isEmpty() || this.services.contains(name.value()))
			.collect(Collectors.toSet());
		try (Session session = open(this.database)) {
			HistoryRepair repair = new HistoryRepair(session.database(), plan, names);
			List<ServiceState> states = repair.states();
			refuse(states, Fault.Kind.AHEAD,
					"the database is ahead of these files, which a repair would make it forget",
					"use a newer checkout");
			refuse(states, Fault.Kind.RENUMBERED,
					"these files have another version than they were applied as, and a repair would make them run again",
					"give them their old names again");
			List<ServiceRepair> found = repair.find(states);
			boolean repaired = !found.isEmpty() && !this.dryRun;
			if (repaired) {
				new RepairText(found).print("Changes", surroundings()::say);
				surroundings().say("No file is run, and no table is touched.");
				this.confirmation.require(session.identity(), surroundings());
				session.orchestrator()
					.change(RunCommand.REPAIR, found.stream().map(ServiceRepair::service).toList(), this.lock.lockWait,
							new Progress(surroundings()), () -> {
								repair.apply(found);
								return true;
							});
			}
			print(session, found, repaired);
			return ExitCode.DONE;
		}
	}

	private void print(Session session, List<ServiceRepair> found, boolean repaired) {
		if (this.output.json()) {
			OutputOptions.print(surroundings(), RepairView.of(session.identity(), this.dryRun, found));
		}
		else if (found.isEmpty()) {
			surroundings().print("Nothing to repair: the histories agree with the files.");
		}
		else {
			new RepairText(found).print(repaired ? "Changed" : "Would change", surroundings()::print);
		}
	}

	private static void refuse(List<ServiceState> states, Fault.Kind kind, String why, String hint) {
		List<String> lines = new ArrayList<>();
		for (ServiceState state : states) {
			state.faults()
				.stream()
				.filter((fault) -> fault.kind() == kind)
				.forEach((fault) -> lines.add("  " + state.service().name() + ": " + fault.message()));
		}
		if (!lines.isEmpty()) {
			throw new UsageException(why + ":\n" + String.join("\n", lines),
					"nothing was touched; " + hint + ", or leave the service out with --service");
		}
	}

}
