package dev.skein.actuate;

import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.migration.Activity;
import dev.skein.migration.Attempt;
import dev.skein.migration.Fault;
import dev.skein.migration.RunRecord;
import dev.skein.migration.ServiceState;
import dev.skein.migration.Verification;
import org.jspecify.annotations.Nullable;

/**
 * The platform as JSON. The names are a contract.
 *
 * @param database the database; {@code null} if it never answered
 * @param at when it was looked at; {@code null} as above
 * @param status as health says it
 * @param error why this is not newer; {@code null} if it is as new as it should be
 * @param services the services, in the order of the plan
 * @param tables what is promised and there
 * @param running the run that goes on
 * @param lastRun the last run that does not go on
 * @param lastSuccess when a migration of the platform last succeeded
 * @param waitingRuns how many runs wait for the one that goes on
 * @param lockWaitMillis for how long somebody has waited for a lock, or a run for
 * somebody's
 */
record PlatformView(@Nullable String database, @Nullable String at, String status, @Nullable String error,
		List<ServiceView> services, @Nullable TablesView tables, @Nullable RunView running, @Nullable RunView lastRun,
		@Nullable String lastSuccess, int waitingRuns, long lockWaitMillis) {

	static PlatformView of(Sight sight, Patrol patrol, boolean rowValues) {
		String status = sight.status().getCode();
		Look look = sight.look();
		if (look == null) {
			return new PlatformView(null, null, status, sight.obstacle(), List.of(), null, null, null, null, 0, 0);
		}
		Activity activity = look.activity();
		return new PlatformView(look.database().toString(), text(look.at()), status, sight.obstacle(),
				look.state()
					.services()
					.stream()
					.map((service) -> ServiceView.of(look, service, patrol, rowValues))
					.toList(),
				TablesView.of(look.state().verification()), RunView.of(activity.running()),
				RunView.of(activity.lastRun()), text(activity.lastSuccess()), activity.waitingRuns(),
				activity.lockWait().toMillis());
	}

	PlatformView only(String service) {
		return new PlatformView(this.database, this.at, this.status, this.error,
				this.services.stream().filter((one) -> one.service().equals(service)).toList(), this.tables,
				this.running, this.lastRun, this.lastSuccess, this.waitingRuns, this.lockWaitMillis);
	}

	static @Nullable String text(@Nullable Object value) {
		return (value == null) ? null : value.toString();
	}

	/**
	 * One service. Its drift is {@code null} until it was looked for.
	 */
	record ServiceView(String service, String schema, String state, @Nullable String current,
			List<MigrationView> pending, boolean ahead, String checksums, List<FaultView> faults,
			@Nullable DriftSight drift, long failures, @Nullable AttemptView lastFailure,
			@Nullable AttemptView lastAttempt) {

		static ServiceView of(Look look, ServiceState state, Patrol patrol, boolean rowValues) {
			Activity.InService activity = look.activity(state);
			return new ServiceView(state.service().name().value(), state.service().schema().value(),
					look.state(state).label(), text(state.current()),
					state.pending().stream().map(MigrationView::of).toList(), has(state, Fault.Kind.AHEAD),
					has(state, Fault.Kind.EDITED) ? "differ" : "equal",
					state.faults().stream().map((fault) -> new FaultView(fault.message(), fault.hint())).toList(),
					patrol.sight(state.service().name()), (activity == null) ? 0 : activity.failures(),
					(activity == null) ? null : AttemptView.of(activity.lastFailure(), rowValues),
					(activity == null) ? null : AttemptView.of(activity.last(), rowValues));
		}

		private static boolean has(ServiceState state, Fault.Kind kind) {
			return state.faults().stream().anyMatch((fault) -> fault.kind() == kind);
		}

	}

	/**
	 * One file that waits.
	 */
	record MigrationView(@Nullable String version, String description, String script) {

		static MigrationView of(Migration migration) {
			return new MigrationView(text(migration.version()), migration.description(), migration.script().name());
		}

	}

	/**
	 * One disagreement of history and files.
	 */
	record FaultView(String message, String hint) {
	}

	/**
	 * One attempt to run a file.
	 */
	record AttemptView(String run, String kind, @Nullable String version, String script, String at, long durationMillis,
			boolean success, @Nullable String error) {

		static @Nullable AttemptView of(@Nullable Attempt attempt, boolean rowValues) {
			return (attempt == null) ? null
					: new AttemptView(attempt.run().toString(), attempt.kind().label(), attempt.version(),
							attempt.filename(), attempt.appliedAt().toString(), attempt.executionMillis(),
							attempt.success(), attempt.error(rowValues));
		}

	}

	/**
	 * What is promised and there.
	 */
	record TablesView(int expected, int found, List<String> missing, List<String> unexpected,
			List<String> invalidIndexes) {

		static TablesView of(Verification verification) {
			return new TablesView(verification.expected(), verification.found(),
					verification.missing().stream().map(String::valueOf).toList(),
					verification.unexpected().stream().map(String::valueOf).toList(), verification.invalidIndexes());
		}

	}

	/**
	 * One run, as the ledger has it.
	 */
	record RunView(String run, String command, String startedAt, @Nullable String endedAt, @Nullable String outcome,
			@Nullable Long durationMillis, String startedBy, String host) {

		static @Nullable RunView of(@Nullable RunRecord run) {
			return (run == null) ? null : new RunView(run.run().toString(), run.command(), run.startedAt().toString(),
					text(run.endedAt()), run.outcome(), run.durationMillis(), run.startedBy(), run.host());
		}

	}

}
