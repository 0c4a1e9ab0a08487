package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;

import dev.skein.migration.CatalogSnapshot;
import dev.skein.migration.Fault;
import dev.skein.migration.MigrationTool;
import dev.skein.migration.OutsideTable;
import dev.skein.migration.Partitions;
import dev.skein.migration.RunCommand;
import dev.skein.migration.ServiceState;
import dev.skein.migration.TableName;
import dev.skein.migration.Verification;
import dev.skein.plan.MigrationPlan;
import dev.skein.text.PrintableText;

/**
 * Drops the tables that no service promised, and where it is asked to, those outside the
 * schemas of services.
 */
final class PruneCommand extends Subcommand {

	private boolean dryRun;

	private boolean outside;

	private final LockOptions lock = new LockOptions();

	private final Confirmation confirmation = new Confirmation();

	private final CatalogOptions catalog = new CatalogOptions();

	private final DatabaseOptions database = new DatabaseOptions();

	private final OutputOptions output = new OutputOptions();

	PruneCommand(SkeinCommand skein) {
		super(skein, "prune",
				"Drops the tables in the services' schemas that no service promised. Shows them"
						+ " and asks. Shows the tables in public and in schemas of no service, too, and drops them only"
						+ " with --outside.",
				"skein prune --dry-run");
	}

	@Override
	public void declare(Arguments arguments) {
		arguments.flag("--dry-run", "Show what would be dropped, and change nothing.", (given) -> this.dryRun = given);
		arguments.flag("--outside", "Drop the tables in public and in schemas that belong to no service, too.",
				(given) -> this.outside = given);
		arguments.add(this.lock, this.confirmation, this.catalog, this.database, this.output);
	}

	@Override
	ExitCode run() {
		MigrationPlan plan = this.catalog.plan(surroundings(), List.of());
		try (Session session = open(this.database)) {
			Verification found = session.orchestrator().verify(plan);
			VerificationText.described(found.toolTables())
				.forEach((table) -> surroundings()
					.say("Leaves alone " + PrintableText.line(String.valueOf(table)) + ", the record of another tool"));
			List<OutsideTable> outsiders = outsiders(session, plan, found);
			List<TableName> tables = new ArrayList<>(
					withoutDetachedPartitions(session, withoutThoseOfOtherFiles(session, plan, found.unexpected())));
			if (this.outside) {
				outsiders.forEach((table) -> tables.add(table.name()));
			}
			if (!outsiders.isEmpty()) {
				show(outsiders);
			}
			boolean dropped = !tables.isEmpty() && !this.dryRun;
			if (dropped) {
				Guard.requireUnprotected(session);
				tables.forEach((table) -> surroundings().say("  " + PrintableText.line(String.valueOf(table))));
				surroundings().say("Drops " + Plural.of(tables.size(), "table") + " with all rows.");
				this.confirmation.require(session.identity(), surroundings());
				session.orchestrator()
					.change(RunCommand.PRUNE, plan.services(), this.lock.lockWait, new Progress(surroundings()), () -> {
						session.database().drop(tables);
						return true;
					});
			}
			print(session, tables, outsiders, dropped);
			return ExitCode.DONE;
		}
	}

	/**
	 * Where files were applied that are not here, such as those of a newer branch, tables
	 * are theirs.
	 */
	private List<TableName> withoutThoseOfOtherFiles(Session session, MigrationPlan plan, List<TableName> unexpected) {
		if (unexpected.isEmpty()) {
			return unexpected;
		}
		List<TableName> others = new ArrayList<>(unexpected);
		for (ServiceState state : session.orchestrator().status(plan)) {
			if (state.faults().stream().anyMatch((fault) -> fault.kind() != Fault.Kind.LATE)) {
				unexpected.stream()
					.filter((table) -> table.schema().equals(state.service().schema()))
					.filter(others::remove)
					.forEach((table) -> surroundings().say("Leaves alone " + table + ": service \""
							+ state.service().name() + "\" is " + state.state().label()
							+ ", and the files that were applied may promise it; see skein status"));
			}
		}
		return others;
	}

	/**
	 * A partition that was detached and kept has the columns of a partitioned table, and
	 * rows that were meant to stay.
	 */
	private List<TableName> withoutDetachedPartitions(Session session, List<TableName> unexpected) {
		if (unexpected.isEmpty()) {
			return unexpected;
		}
		CatalogSnapshot snapshot = session.database()
			.snapshot(unexpected.stream().map(TableName::schema).distinct().toList());
		List<TableName> others = new ArrayList<>();
		for (TableName table : unexpected) {
			String parent = Partitions.detachedFrom(table, snapshot);
			if (parent == null) {
				others.add(table);
			}
			else {
				surroundings().say("Leaves alone " + PrintableText.line(String.valueOf(table))
						+ ", which looks like a partition that was detached from " + parent);
			}
		}
		return others;
	}

	/**
	 * What tools recorded in {@code public} or in a schema that they made is theirs.
	 */
	private List<OutsideTable> outsiders(Session session, MigrationPlan plan, Verification found) {
		return found.outside().isEmpty() ? List.of()
				: session.orchestrator()
					.outside(plan)
					.stream()
					.filter((table) -> MigrationTool.ownersOf(table.name()).isEmpty())
					.toList();
	}

	private void show(List<OutsideTable> outsiders) {
		surroundings().say("Outside the schemas of services" + (this.outside ? ":" : ", dropped only with --outside:"));
		List<List<String>> rows = new ArrayList<>();
		for (OutsideTable table : outsiders) {
			rows.add(List.of(table.name().toString(), "about " + Plural.of(table.rows(), "row"), size(table.bytes())));
		}
		surroundings().say(TextTable.of(List.of("TABLE", "ROWS", " SIZE"), rows).indent(1).stripTrailing());
	}

	private static String size(long bytes) {
		return (bytes + 1023) / 1024 + " kB";
	}

	private void print(Session session, List<TableName> tables, List<OutsideTable> outsiders, boolean dropped) {
		if (this.output.json()) {
			OutputOptions.print(surroundings(),
					new PruneView(session.identity().toString(), dropped,
							tables.stream().map(TableName::toString).toList(),
							outsiders.stream()
								.map((table) -> new OutsideView(table.name().toString(), table.rows(), table.bytes()))
								.toList()));
			return;
		}
		if (tables.isEmpty()) {
			surroundings().print("Nothing to drop: every table"
					+ (outsiders.isEmpty() ? "" : " in the services' schemas") + " is promised by a service.");
			return;
		}
		surroundings().print((dropped ? "Dropped " : "Would drop ") + Plural.of(tables.size(), "table") + ":");
		tables.forEach((table) -> surroundings().print("  " + PrintableText.line(String.valueOf(table))));
	}

	/**
	 * The answer as JSON.
	 */
	record PruneView(String database, boolean dropped, List<String> tables, List<OutsideView> outside) {

	}

	/**
	 * A table outside the schemas of services.
	 */
	record OutsideView(String table, long rows, long bytes) {

	}

}
