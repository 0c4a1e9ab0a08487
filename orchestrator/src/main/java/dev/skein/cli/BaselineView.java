package dev.skein.cli;

import java.util.List;

import dev.skein.migration.Baseline;
import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.MigrationError;
import org.jspecify.annotations.Nullable;

/**
 * A takeover as JSON. The names are a contract.
 */
record BaselineView(String database, boolean dryRun, List<ServiceView> baselined) {

	static BaselineView of(DatabaseIdentity database, boolean dryRun, List<Baseline.Result> results) {
		return new BaselineView(database.toString(), dryRun, results.stream().map(ServiceView::of).toList());
	}

	/**
	 * One service; those after one that failed were not begun, and are left out.
	 */
	record ServiceView(String service, String schema, String version, @Nullable MigrationError error) {

		static ServiceView of(Baseline.Result result) {
			return new ServiceView(result.target().service().name().value(), result.target().service().schema().value(),
					result.target().version().toString(), result.error());
		}

	}

}
