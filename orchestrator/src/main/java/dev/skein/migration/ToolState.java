package dev.skein.migration;

import java.util.List;

import dev.skein.catalog.ServiceDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The state of a service whose migrations belong to a foreign tool. No history tells it:
 * the ledger knows how the tool ended last, and some tools can be asked.
 */
final class ToolState {

	private ToolState() {
	}

	/**
	 * What is known without asking the tool.
	 * @param access its schema; {@code null} if that is not there
	 * @param succeeded whether the tool's last run did; {@code null} if there was none
	 */
	static ServiceState known(ServiceDefinition service, @Nullable SchemaAccess access, @Nullable Boolean succeeded) {
		if (access == null || succeeded == null) {
			return of(service, ServiceState.State.PENDING, access);
		}
		return of(service, succeeded ? ServiceState.State.UP_TO_DATE : ServiceState.State.FAILED, access);
	}

	/**
	 * Whether there is a tool that can tell what is pending, and a schema to look into.
	 */
	static boolean canBeAsked(ServiceState state) {
		return state.service().tool() != null && !state.service().tool().status().isEmpty() && state.access() != null;
	}

	/**
	 * What is known when the tool has answered.
	 */
	static ServiceState answered(ServiceState before, boolean pending) {
		boolean failed = pending && before.state() == ServiceState.State.FAILED;
		return failed ? before : of(before.service(),
				pending ? ServiceState.State.PENDING : ServiceState.State.UP_TO_DATE, before.access());
	}

	private static ServiceState of(ServiceDefinition service, ServiceState.State state, @Nullable SchemaAccess access) {
		return new ServiceState(service, state, null,
				(state == ServiceState.State.UP_TO_DATE) ? List.of() : service.repeatable(), List.of(), List.of(),
				access);
	}

}
