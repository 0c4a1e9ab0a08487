package dev.skein.cli;

import java.util.List;
import java.util.Objects;

import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.MigrationError;
import dev.skein.rollback.AppliedVersion;
import dev.skein.rollback.RollbackPlan;
import dev.skein.rollback.RollbackReport;
import org.jspecify.annotations.Nullable;

/**
 * A rollback as JSON. The names are a contract.
 */
record RollbackView(@Nullable String run, String database, String outcome, long durationMillis, List<UndoneView> undone,
		List<UndoneView> left, List<RepeatedView> reapplied, List<RepeatedView> outdated,
		@Nullable String failedService, @Nullable MigrationError error) {

	static RollbackView planned(DatabaseIdentity database, RollbackPlan plan) {
		return new RollbackView(null, database.toString(), plan.isEmpty() ? "up-to-date" : "planned", 0, List.of(),
				plan.steps().stream().map((step) -> UndoneView.of(step, null)).toList(), List.of(),
				plan.outdated()
					.stream()
					.flatMap((one) -> one.files()
						.stream()
						.map((file) -> new RepeatedView(one.service().name().value(), file.script().name())))
					.toList(),
				null, null);
	}

	static RollbackView of(RollbackReport report) {
		RollbackReport.Failure failure = report.failure();
		return new RollbackView(report.run().toString(), report.database().toString(), report.outcome().label(),
				report.durationMillis(),
				report.undone().stream().map((one) -> UndoneView.of(one.step(), one.durationMillis())).toList(),
				report.left().stream().map((step) -> UndoneView.of(step, null)).toList(),
				report.reapplied().stream().map(RepeatedView::of).toList(),
				report.outdated().stream().map(RepeatedView::of).toList(),
				(failure == null) ? null : failure.service().name().value(),
				(failure == null) ? null : failure.error());
	}

	/**
	 * One migration that is undone, or still to be.
	 */
	record UndoneView(String service, String schema, String version, String script, @Nullable Long durationMillis) {

		static UndoneView of(AppliedVersion step, @Nullable Long durationMillis) {
			return new UndoneView(step.service().name().value(), step.service().schema().value(),
					step.version().toString(), Objects.requireNonNull(step.undo()).script().name(), durationMillis);
		}

	}

	/**
	 * One repeatable migration.
	 */
	record RepeatedView(String service, String script) {

		static RepeatedView of(RollbackReport.Repeated repeated) {
			return new RepeatedView(repeated.service().name().value(), repeated.script());
		}

	}

}
