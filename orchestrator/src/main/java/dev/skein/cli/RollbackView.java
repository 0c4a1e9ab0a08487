package dev.skein.cli;

import java.util.List;
import java.util.Objects;

import dev.skein.migration.AppliedFile;
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
		@Nullable String failedService, @Nullable MigrationError error, List<NoticeView> notices,
		@Nullable String stopped) {

	static RollbackView planned(DatabaseIdentity database, RollbackPlan plan) {
		return new RollbackView(null, database.toString(), plan.isEmpty() ? "up-to-date" : "planned", 0, List.of(),
				plan.steps().stream().map(UndoneView::planned).toList(), List.of(),
				plan.outdated()
					.stream()
					.flatMap((one) -> one.files()
						.stream()
						.map((file) -> new RepeatedView(one.service().name().value(), file.script().name(), List.of())))
					.toList(),
				null, null, List.of(), null);
	}

	static RollbackView of(RollbackReport report) {
		RollbackReport.Failure failure = report.failure();
		return new RollbackView(report.run().toString(), report.database().toString(), report.outcome().label(),
				report.durationMillis(),
				report.undone().stream().map((one) -> UndoneView.of(one.step(), one.file())).toList(),
				report.left().stream().map(UndoneView::planned).toList(),
				report.reapplied().stream().map(RepeatedView::of).toList(),
				report.outdated().stream().map(RepeatedView::of).toList(),
				(failure == null) ? null : failure.service().name().value(), (failure == null) ? null : failure.error(),
				(failure == null) ? List.of() : NoticeView.of(failure.notices()),
				(report.stopped() == null) ? null : report.stopped().reason());
	}

	/**
	 * One migration that is undone, or still to be.
	 */
	record UndoneView(String service, String schema, String version, String script, @Nullable Long durationMillis,
			List<NoticeView> notices) {

		static UndoneView planned(AppliedVersion step) {
			return of(step, null);
		}

		static UndoneView of(AppliedVersion step, @Nullable AppliedFile file) {
			return new UndoneView(step.service().name().value(), step.service().schema().value(),
					step.version().toString(), Objects.requireNonNull(step.undo()).script().name(),
					(file == null) ? null : file.durationMillis(),
					(file == null) ? List.of() : NoticeView.of(file.notices()));
		}

	}

	/**
	 * One repeatable migration.
	 */
	record RepeatedView(String service, String script, List<NoticeView> notices) {

		static RepeatedView of(RollbackReport.Repeated repeated) {
			return new RepeatedView(repeated.service().name().value(), repeated.script(),
					NoticeView.of(repeated.notices()));
		}

	}

}
