package dev.skein.cli;

import java.util.List;

import dev.skein.migration.RunCommand;
import dev.skein.migration.TableName;
import dev.skein.migration.Verification;
import dev.skein.plan.MigrationPlan;

/**
 * Drops the tables that nobody promised.
 */
final class PruneCommand extends Subcommand {

	private boolean dryRun;

	private final LockOptions lock = new LockOptions();

	private final Confirmation confirmation = new Confirmation();

	private final CatalogOptions catalog = new CatalogOptions();

	private final DatabaseOptions database = new DatabaseOptions();

	private final OutputOptions output = new OutputOptions();

	PruneCommand(SkeinCommand skein) {
		super(skein, "prune", "Drops the tables in the services' schemas that no service promised. Shows them"
				+ " and asks. Other schemas are not looked at.", "skein prune --dry-run");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.flag("--dry-run", "Show what would be dropped, and change nothing.", (given) -> this.dryRun = given);
		arguments.add(this.lock, this.confirmation, this.catalog, this.database, this.output);
	}

	@Override
	ExitCode run() {
		MigrationPlan plan = this.catalog.plan(surroundings(), List.of());
		try (Session session = open(this.database)) {
			Verification found = session.orchestrator().verify(plan);
			VerificationText.described(found.toolTables())
				.forEach((table) -> surroundings().say("Leaves alone " + table + ", the record of another tool"));
			List<TableName> tables = found.unexpected();
			boolean dropped = !tables.isEmpty() && !this.dryRun;
			if (dropped) {
				Guard.requireUnprotected(session);
				tables.forEach((table) -> surroundings().say("  " + table));
				surroundings().say("Drops " + Plural.of(tables.size(), "table") + " with all rows.");
				this.confirmation.require(session.identity(), surroundings());
				session.orchestrator()
					.change(RunCommand.PRUNE, plan.services(), this.lock.lockWait, new Progress(surroundings()), () -> {
						session.database().drop(tables);
						return true;
					});
			}
			print(session, tables, dropped);
			return ExitCode.DONE;
		}
	}

	private void print(Session session, List<TableName> tables, boolean dropped) {
		if (this.output.json()) {
			OutputOptions.print(surroundings(), new PruneView(session.identity().toString(), dropped,
					tables.stream().map(TableName::toString).toList()));
			return;
		}
		if (tables.isEmpty()) {
			surroundings().print("Nothing to drop: every table is promised by a service.");
			return;
		}
		surroundings().print((dropped ? "Dropped " : "Would drop ") + Plural.of(tables.size(), "table") + ":");
		tables.forEach((table) -> surroundings().print("  " + table));
	}

	/**
	 * The answer as JSON.
	 */
	record PruneView(String database, boolean dropped, List<String> tables) {

	}

}
