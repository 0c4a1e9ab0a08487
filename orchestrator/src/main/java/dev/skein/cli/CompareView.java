package dev.skein.cli;

import java.util.List;

import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.ServiceState;
import dev.skein.migration.SideBySide;
import dev.skein.migration.SnapshotDifference;
import org.jspecify.annotations.Nullable;

/**
 * Two databases as JSON. The names are a contract.
 */
record CompareView(String here, String there, boolean same, @Nullable String notCompared, List<ServiceView> services) {

	static CompareView of(DatabaseIdentity here, DatabaseIdentity there, SideBySide sides) {
		return new CompareView(here.toString(), there.toString(), sides.isSame(), sides.objection(),
				sides.services().stream().map(ServiceView::of).toList());
	}

	/**
	 * One service.
	 */
	record ServiceView(String service, String schema, boolean same, SideView here, SideView there,
			List<ObjectView> differences) {

		static ServiceView of(SideBySide.Pair pair) {
			return new ServiceView(pair.here().service().name().value(), pair.here().service().schema().value(),
					pair.isSame(), SideView.of(pair.here()), SideView.of(pair.there()),
					pair.differences().stream().map(ObjectView::of).toList());
		}

	}

	/**
	 * How far it is on one side.
	 */
	record SideView(@Nullable String current, List<PlanView.MigrationView> pending, String state) {

		static SideView of(ServiceState state) {
			return new SideView(PlanView.text(state.current()),
					state.pending().stream().map(PlanView.MigrationView::of).toList(), state.state().label());
		}

	}

	/**
	 * One object that differs, with its definition on both sides.
	 */
	record ObjectView(String object, @Nullable String here, @Nullable String there) {

		static ObjectView of(SnapshotDifference difference) {
			return new ObjectView(difference.name(), DriftView.definition(difference.before()),
					DriftView.definition(difference.after()));
		}

	}

}
