package dev.skein.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.ServiceState;
import org.jspecify.annotations.Nullable;

/**
 * The state of a platform as JSON. The names are a contract.
 */
record StatusView(String database, List<ServiceView> services, @Nullable LastRun lastRun) {

	static StatusView of(DatabaseIdentity database, List<ServiceState> states) {
		LastRun lastRun = states.stream()
			.map(ServiceState::lastApplied)
			.filter(Objects::nonNull)
			.max(Comparator.naturalOrder())
			.map((instant) -> new LastRun(instant.toString()))
			.orElse(null);
		return new StatusView(database.toString(), states.stream().map(ServiceView::of).toList(), lastRun);
	}

	/**
	 * One service.
	 */
	record ServiceView(String service, String schema, @Nullable String current, List<PlanView.MigrationView> pending,
			String state, List<String> faults) {

		static ServiceView of(ServiceState state) {
			return new ServiceView(state.service().name().value(), state.service().schema().value(),
					PlanView.text(state.current()), state.pending().stream().map(PlanView.MigrationView::of).toList(),
					state.state().label(), state.faults().stream().map((fault) -> fault.message()).toList());
		}

	}

	/**
	 * When the last migration was applied, as the histories have it.
	 */
	record LastRun(String appliedAt) {

	}

}
