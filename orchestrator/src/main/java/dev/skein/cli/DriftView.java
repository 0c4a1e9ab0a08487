package dev.skein.cli;

import java.util.List;

import dev.skein.drift.DriftScript;
import dev.skein.migration.CatalogObject;
import dev.skein.migration.CatalogSnapshot;
import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.DriftCheck;
import dev.skein.migration.KeptSnapshot;
import dev.skein.migration.ServiceDrift;
import dev.skein.migration.SnapshotDifference;
import org.jspecify.annotations.Nullable;

/**
 * Drift as JSON. The names of its components are a contract.
 */
record DriftView(String database, boolean accepted, List<ServiceView> services) {

	static DriftView of(DatabaseIdentity database, DriftCheck check, boolean accepted) {
		return new DriftView(database.toString(), accepted,
				check.services().stream().map((drift) -> ServiceView.of(drift, check.live())).toList());
	}

	/**
	 * One service; what was kept when, by which run.
	 */
	record ServiceView(String service, String schema, String state, @Nullable String reason, @Nullable String keptAt,
			@Nullable String run, List<DifferenceView> differences, List<ForeignView> foreign, List<String> sql) {

		static ServiceView of(ServiceDrift drift, CatalogSnapshot live) {
			KeptSnapshot kept = drift.kept();
			String state = (drift.objection() != null) ? "not-compared" : (drift.isDrifted() ? "drifted" : "as-left");
			return new ServiceView(drift.service().name().value(), drift.service().schema().value(), state,
					drift.objection(), (kept == null) ? null : kept.takenAt().toString(),
					(kept == null || kept.run() == null) ? null : kept.run().toString(),
					drift.differences().stream().map(DifferenceView::of).toList(),
					drift.foreign()
						.stream()
						.map((foreign) -> new ForeignView(foreign.object(), foreign.owner()))
						.toList(),
					DriftScript.of(drift, live));
		}

	}

	/**
	 * One object with both sides.
	 */
	record DifferenceView(String object, String change, @Nullable String was, @Nullable String is) {

		static DifferenceView of(SnapshotDifference difference) {
			return new DifferenceView(difference.name(), difference.change().label(), definition(difference.before()),
					definition(difference.after()));
		}

	}

	/**
	 * One object that somebody else owns.
	 */
	record ForeignView(String object, String owner) {

	}

	static @Nullable String definition(@Nullable CatalogObject object) {
		return (object == null) ? null : object.definition();
	}

}
