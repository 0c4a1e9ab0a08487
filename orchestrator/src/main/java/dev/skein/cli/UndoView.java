package dev.skein.cli;

import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.migration.MigrationError;
import dev.skein.migration.SnapshotDifference;
import dev.skein.migration.UndoFinding;
import dev.skein.migration.UndoReport;
import org.jspecify.annotations.Nullable;

/**
 * The report of a trial as JSON. The names are a contract.
 */
record UndoView(boolean passed, int migrations, int tried, long durationMillis, List<FindingView> findings,
		List<BlockedView> blocked) {

	static UndoView of(UndoReport report) {
		return new UndoView(report.passed(), report.migrations(), report.tried(), report.durationMillis(),
				report.findings().stream().map(FindingView::of).toList(),
				report.blocked()
					.entrySet()
					.stream()
					.map((entry) -> new BlockedView(entry.getKey().value(), entry.getValue().value()))
					.toList());
	}

	/**
	 * What is wrong with one migration or its undo script.
	 */
	record FindingView(String finding, String service, String migration, @Nullable String undo, String file,
			List<DifferenceView> differences, @Nullable MigrationError error) {

		static FindingView of(UndoFinding finding) {
			Migration undo = finding.undo();
			return new FindingView(finding.kind().label(), finding.service().name().value(),
					finding.migration().script().name(), (undo == null) ? null : undo.script().name(),
					((undo == null) ? finding.migration() : undo).script().location().file(),
					finding.differences().stream().map(DifferenceView::of).toList(), finding.error());
		}

	}

	/**
	 * One object that is not as it should be.
	 */
	record DifferenceView(String object, String change, @Nullable String expected, @Nullable String found) {

		static DifferenceView of(SnapshotDifference difference) {
			return new DifferenceView(difference.name(), difference.change().label(),
					DriftView.definition(difference.before()), DriftView.definition(difference.after()));
		}

	}

	/**
	 * A service that was not tried, because one that it requires failed.
	 */
	record BlockedView(String service, String blockedBy) {

	}

}
