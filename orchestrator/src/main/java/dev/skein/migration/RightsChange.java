package dev.skein.migration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.skein.catalog.Migration;
import dev.skein.catalog.Requirement;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;

/**
 * How the rights that services have on each other differ from what they require.
 *
 * @param missing what is required and not granted
 * @param stale what is granted and not required any more
 */
public record RightsChange(List<Use> missing, List<Use> stale) {

	/**
	 * Nothing to change.
	 */
	static final RightsChange NONE = new RightsChange(List.of(), List.of());

	public RightsChange {
		missing = List.copyOf(missing);
		stale = List.copyOf(stale);
	}

	/**
	 * Whether there is nothing to change.
	 * @return {@code true} if so
	 */
	public boolean isEmpty() {
		return this.missing.isEmpty() && this.stale.isEmpty();
	}

	/**
	 * The schemas that others get rights on or lose them, and those of the others.
	 */
	Set<SchemaName> schemas() {
		return Stream.concat(this.missing.stream(), this.stale.stream())
			.flatMap((use) -> Stream.of(use.of(), use.by()))
			.collect(Collectors.toSet());
	}

	/**
	 * Compares what the services of a plan require with what was granted. Those that are
	 * not in the plan keep what they have.
	 * @param states the state of each service of the plan
	 * @param fresh those whose schemas will be made
	 */
	static RightsChange of(Map<ServiceName, ServiceState> states, Set<ServiceName> fresh) {
		Map<String, SchemaName> owners = new HashMap<>();
		for (ServiceState state : states.values()) {
			if (state.isUnderRole() || (state.access() == null && fresh.contains(state.service().name()))) {
				owners.put(RoleNames.owner(state.service().schema()), state.service().schema());
			}
		}
		Set<Use> granted = new LinkedHashSet<>();
		Set<Use> required = new LinkedHashSet<>();
		for (ServiceState state : states.values()) {
			SchemaName schema = state.service().schema();
			if (state.access() != null) {
				state.access()
					.users()
					.stream()
					.map(owners::get)
					.filter((user) -> user != null && !user.equals(schema))
					.sorted()
					.forEach((user) -> granted.add(new Use(schema, state.access().owner(), user)));
			}
			if (owners.containsKey(RoleNames.owner(schema))) {
				used(state, states, fresh).forEach((other) -> required.add(new Use(other.service().schema(),
						(other.access() != null) ? other.access().owner() : RoleNames.owner(other.service().schema()),
						schema)));
			}
		}
		List<Use> missing = new ArrayList<>(required);
		missing.removeAll(granted);
		List<Use> stale = new ArrayList<>(granted);
		stale.removeAll(required);
		return new RightsChange(missing, stale);
	}

	/**
	 * The services whose schemas one uses. Core lets everybody in, once it is under its
	 * role.
	 */
	private static Stream<ServiceState> used(ServiceState state, Map<ServiceName, ServiceState> states,
			Set<ServiceName> fresh) {
		return Stream.concat(Stream.of(ServiceName.CORE), requirements(state.service()))
			.distinct()
			.map(states::get)
			.filter((other) -> other != null && !other.service().name().equals(state.service().name()))
			.filter((other) -> other.access() != null || fresh.contains(other.service().name()))
			.filter((other) -> !other.service().isCore() || (other.access() != null && !other.isUnderRole()));
	}

	private static Stream<ServiceName> requirements(ServiceDefinition service) {
		Stream<Migration> migrations = Stream.concat(service.versioned().stream(), service.repeatable().stream());
		return Stream
			.concat(service.requires().stream(), migrations.flatMap((migration) -> migration.requires().stream()))
			.map(Requirement::service);
	}

	/**
	 * The right to use a schema, to read its tables and to refer to them.
	 *
	 * @param of the schema
	 * @param owner the role that owns it
	 * @param by the schema whose owner has the right
	 */
	public record Use(SchemaName of, String owner, SchemaName by) {

		// Every start compares these: see ServiceName

		@Override
		public boolean equals(Object other) {
			return other instanceof Use use && use.of.equals(this.of) && use.owner.equals(this.owner)
					&& use.by.equals(this.by);
		}

		@Override
		public int hashCode() {
			return 31 * this.of.hashCode() + this.by.hashCode();
		}

	}

}
