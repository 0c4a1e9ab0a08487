package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;

import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.HistoryChange;
import dev.skein.migration.ServiceRepair;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a repair as JSON. The names are a contract.
 */
record RepairView(String database, boolean dryRun, List<ChangeView> repaired, List<String> droppedIndexes) {

	static RepairView of(DatabaseIdentity database, boolean dryRun, List<ServiceRepair> repairs) {
		List<ChangeView> changes = new ArrayList<>();
		List<String> indexes = new ArrayList<>();
		for (ServiceRepair repair : repairs) {
			repair.changes().forEach((change) -> changes.add(ChangeView.of(repair, change)));
			indexes.addAll(repair.invalidIndexes());
		}
		return new RepairView(database.toString(), dryRun, changes, indexes);
	}

	/**
	 * One row.
	 */
	record ChangeView(String service, @Nullable String version, String script, String action, String before,
			@Nullable String after) {

		static ChangeView of(ServiceRepair repair, HistoryChange change) {
			return new ChangeView(repair.service().name().value(), PlanView.text(change.row().version()),
					change.row().script(), change.action().label(), change.before(), change.after());
		}

	}

}
