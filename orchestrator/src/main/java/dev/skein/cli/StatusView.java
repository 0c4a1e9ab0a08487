package dev.skein.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.skein.catalog.ServiceName;
import dev.skein.migration.Activity;
import dev.skein.migration.Attempt;
import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.RunRecord;
import dev.skein.migration.ServiceState;
import org.jspecify.annotations.Nullable;

/**
 * The state of a platform as JSON. The names are a contract.
 */
record StatusView(String database, List<ServiceView> services, @Nullable LastRun lastRun, List<LeftView> left) {

	/**
	 * @param activity what went on, for those services that are pending
	 * @param left the services that left the catalog
	 */
	static StatusView of(DatabaseIdentity database, List<ServiceState> states, Activity activity,
			Optional<RunRecord> lastRun, List<LeftView> left) {
		return new StatusView(database.toString(),
				states.stream().map((state) -> ServiceView.of(state, activity)).toList(),
				lastRun.map(LastRun::of).orElse(null), left);
	}

	/**
	 * The services of the ledger that no service of the catalog is, by its name or by its
	 * schema. Core belongs to every platform, so it has not left.
	 * @param registered the schema of each service that the ledger knows, by its name
	 */
	static List<LeftView> left(List<ServiceState> states, Map<String, String> registered) {
		Set<String> names = states.stream().map((state) -> state.service().name().value()).collect(Collectors.toSet());
		Set<String> schemas = states.stream()
			.map((state) -> state.service().schema().value())
			.collect(Collectors.toSet());
		return registered.entrySet()
			.stream()
			.filter((known) -> !known.getKey().equals(ServiceName.CORE.value()) && !names.contains(known.getKey())
					&& !schemas.contains(known.getValue()))
			.map((known) -> new LeftView(known.getKey(), known.getValue()))
			.toList();
	}

	/**
	 * A service that the ledger knows and the catalog does not.
	 */
	record LeftView(String service, String schema) {

	}

	/**
	 * One service.
	 */
	record ServiceView(String service, String schema, @Nullable String current, List<PlanView.MigrationView> pending,
			String state, List<String> faults) {

		static ServiceView of(ServiceState state, Activity activity) {
			Stream<String> faults = state.faults().stream().map((fault) -> fault.message());
			String failure = failure(state, activity);
			return new ServiceView(state.service().name().value(), state.service().schema().value(),
					PlanView.text(state.current()), state.pending().stream().map(PlanView.MigrationView::of).toList(),
					activity.state(state).label(), Stream.concat(Stream.ofNullable(failure), faults).toList());
		}

		/**
		 * The file that failed at last; {@code null} if none did.
		 */
		static @Nullable String failure(ServiceState state, Activity activity) {
			Attempt failed = activity.failure(state);
			return (failed == null) ? null
					: "\"" + failed.filename() + "\" failed at " + failed.appliedAt() + ": " + failed.errorMessage();
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
