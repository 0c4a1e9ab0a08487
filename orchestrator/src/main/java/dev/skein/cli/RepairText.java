package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.skein.migration.AppliedMigration;
import dev.skein.migration.HistoryChange;
import dev.skein.migration.ServiceRepair;

/**
 * The changes of a repair for people, before and after they are made.
 */
final class RepairText {

	private final List<ServiceRepair> repairs;

	RepairText(List<ServiceRepair> repairs) {
		this.repairs = repairs;
	}

	/**
	 * Prints the changes.
	 * @param verb whether they are made
	 * @param printer where to
	 */
	void print(String verb, Consumer<String> printer) {
		List<List<String>> rows = new ArrayList<>();
		for (ServiceRepair repair : this.repairs) {
			repair.changes().forEach((change) -> rows.add(row(repair, change)));
		}
		printer.accept(verb + " the history of " + Plural.of(this.repairs.size(), "service") + ":");
		printer.accept(TextTable.of(List.of("SERVICE", "VERSION", "SCRIPT", "ACTION", "BEFORE", "AFTER"), rows));
		this.repairs.forEach((repair) -> others(repair)
			.forEach((file) -> printer.accept("\"" + file + "\" counts as applied: its SQL will never run here")));
		this.repairs.forEach((repair) -> repair.invalidIndexes()
			.forEach((index) -> printer.accept("and drops the invalid index " + index + ", left by the failed file")));
	}

	/**
	 * Files with another name and another text than what was applied.
	 */
	private static List<String> others(ServiceRepair repair) {
		List<AppliedMigration> edited = repair.changes()
			.stream()
			.filter((change) -> change.action() == HistoryChange.Action.CHECKSUM)
			.map(HistoryChange::row)
			.toList();
		return repair.changes()
			.stream()
			.filter((change) -> change.action() == HistoryChange.Action.DESCRIPTION && edited.contains(change.row()))
			.map((change) -> change.theFile().script().name())
			.toList();
	}

	private static List<String> row(ServiceRepair repair, HistoryChange change) {
		String after = change.after();
		return List.of(repair.service().name().value(),
				(change.row().version() == null) ? "-" : change.row().version().toString(), change.row().script(),
				change.action().label(), change.before(), (after == null) ? "-" : after);
	}

}
