package dev.skein.cli;

import java.util.List;
import java.util.Optional;

import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.RunRecord;
import dev.skein.migration.ServiceState;
import org.jspecify.annotations.Nullable;

/**
 * The state of a platform as JSON. The names are a contract.
 */
record StatusView(String database, List<ServiceView> services, @Nullable LastRun lastRun) {

	static StatusView of(DatabaseIdentity database, List<ServiceState> states, Optional<RunRecord> lastRun) {
		return new StatusView(database.toString(), states.stream().map(ServiceView::of).toList(),
				lastRun.map(LastRun::of).orElse(null));
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
	 * The last run, as the ledger has it.
	 */
	record LastRun(String run, String command, String startedAt, @Nullable String endedAt, @Nullable String outcome,
			@Nullable Long durationMillis, String startedBy, String host) {

		static LastRun of(RunRecord run) {
			return new LastRun(run.run().toString(), run.command(), run.startedAt().toString(),
					(run.endedAt() == null) ? null : run.endedAt().toString(), run.outcome(), run.durationMillis(),
					run.startedBy(), run.host());
		}

	}

}
