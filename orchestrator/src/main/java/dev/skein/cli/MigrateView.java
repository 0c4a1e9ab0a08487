package dev.skein.cli;

import java.util.List;

import dev.skein.migration.AppliedFile;
import dev.skein.migration.MigrationError;
import dev.skein.migration.RunReport;
import dev.skein.migration.SeedReport;
import dev.skein.migration.ServiceReport;
import dev.skein.migration.TableName;
import dev.skein.migration.Verification;
import org.jspecify.annotations.Nullable;

/**
 * A run's report as JSON. The names are a contract.
 */
record MigrateView(String run, String database, String outcome, long durationMillis, List<ServiceView> services,
		TablesView tables, List<String> invalidIndexes, List<SeedView> seeds, @Nullable String stopped) {

	static MigrateView of(RunReport report) {
		return new MigrateView(report.run().toString(), report.database().toString(), report.outcome().label(),
				report.durationMillis(), report.services().stream().map(ServiceView::of).toList(),
				TablesView.of(report.verification()), report.verification().invalidIndexes(),
				report.seeds().stream().map(SeedView::of).toList(),
				(report.stopped() == null) ? null : report.stopped().reason());
	}

	/**
	 * What became of one service.
	 */
	record ServiceView(String service, String schema, String outcome, @Nullable String from, @Nullable String to,
			@Nullable String blockedBy, List<FileView> migrations, @Nullable ErrorView error,
			List<NoticeView> notices) {

		static ServiceView of(ServiceReport report) {
			return new ServiceView(report.service().name().value(), report.service().schema().value(),
					report.outcome().label(), PlanView.text(report.from()), PlanView.text(report.to()),
					(report.blockedBy() == null) ? null : report.blockedBy().value(),
					report.migrations().stream().map(FileView::of).toList(), ErrorView.of(report.error()),
					NoticeView.of(report.notices()));
		}

	}

	/**
	 * One file that was applied.
	 */
	record FileView(@Nullable String version, String description, String script, long durationMillis,
			List<NoticeView> notices, List<ToleratedView> tolerated) {

		static FileView of(AppliedFile file) {
			return new FileView(PlanView.text(file.migration().version()), file.migration().description(),
					file.migration().script().name(), file.durationMillis(), NoticeView.of(file.notices()),
					file.notices()
						.stream()
						.filter(ErrorView::isAccepted)
						.map((notice) -> new ToleratedView(notice.sqlState(), notice.message()))
						.toList());
		}

	}

	/**
	 * A statement that was left out, since what it makes was there already, and the same.
	 */
	record ToleratedView(String sqlState, String message) {

	}

	/**
	 * What became of one seed.
	 */
	record SeedView(String service, String script, String outcome, long durationMillis, @Nullable MigrationError error,
			List<NoticeView> notices) {

		static SeedView of(SeedReport report) {
			return new SeedView(report.service().name().value(), report.file().script().name(),
					report.outcome().label(), report.durationMillis(), report.error(), NoticeView.of(report.notices()));
		}

	}

	/**
	 * The tables that were promised and found.
	 */
	record TablesView(int expected, int found, List<String> missing, List<String> unexpected, List<String> outside) {

		static TablesView of(Verification verification) {
			return new TablesView(verification.expected(), verification.found(),
					verification.missing().stream().map(TableName::toString).toList(),
					verification.unexpected().stream().map(TableName::toString).toList(),
					verification.outside().stream().map(TableName::toString).toList());
		}

	}

}
