package dev.skein.migration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * How the rights that services have on each other differ from what their manifests say.
 *
 * @param missing what is to be granted
 * @param stale what is granted and not to be any more
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
			.filter(Objects::nonNull)
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
			if (isOwn(state, fresh)) {
				owners.put(RoleNames.owner(state.service().schema()), state.service().schema());
			}
		}
		Set<Use> granted = new LinkedHashSet<>();
		Set<Use> required = new LinkedHashSet<>();
		for (ServiceState state : states.values()) {
			if (state.access() != null) {
				granted(state.service().schema(), state.access(), owners).forEach(granted::add);
			}
			if (owners.containsKey(RoleNames.owner(state.service().schema()))) {
				used(state, states, fresh).filter((other) -> !other.service().isCore() || !isOwn(other, fresh))
					.forEach((other) -> required.add(use(other, state.service().schema(), Right.READ)));
				used(state, states, fresh)
					.filter((other) -> isOwn(other, fresh) && !isForEveryService(other)
							&& other.service().referencedBy().admit(state.service().name()))
					.forEach((other) -> required.add(use(other, state.service().schema(), Right.REFER)));
			}
			if (isForEveryService(state) && isOwn(state, fresh)) {
				required.add(use(state, null, Right.REFER));
			}
		}
		List<Use> missing = new ArrayList<>(required);
		missing.removeAll(granted);
		List<Use> stale = new ArrayList<>(granted);
		stale.removeAll(required);
		return new RightsChange(missing, stale);
	}

	/**
	 * Whether a schema's tables belong to the role of their service. Any other owner's
	 * rights are not lent to the code of whoever refers to a table.
	 */
	private static boolean isOwn(ServiceState state, Set<ServiceName> fresh) {
		return state.isUnderRole() || (state.access() == null && fresh.contains(state.service().name()));
	}

	/**
	 * Every service requires core, so one grant to all of them says it.
	 */
	private static boolean isForEveryService(ServiceState state) {
		return state.service().isCore() && state.service().referencedBy().all();
	}

	private static Stream<Use> granted(SchemaName schema, SchemaAccess access, Map<String, SchemaName> owners) {
		Stream<Use> group = access.referrers().contains(RoleNames.ALL_OWNERS)
				? Stream.of(new Use(schema, access.owner(), null, Right.REFER)) : Stream.empty();
		return Stream
			.of(services(access.users(), schema, owners).map((by) -> new Use(schema, access.owner(), by, Right.READ)),
					services(access.referrers(), schema, owners)
						.map((by) -> new Use(schema, access.owner(), by, Right.REFER)),
					group)
			.flatMap((uses) -> uses);
	}

	private static Stream<SchemaName> services(Set<String> roles, SchemaName but, Map<String, SchemaName> owners) {
		return roles.stream()
			.map(owners::get)
			.filter((user) -> user != null && !user.equals(but))
			.map(Objects::requireNonNull)
			.sorted();
	}

	private static Use use(ServiceState of, @Nullable SchemaName by, Right right) {
		SchemaName schema = of.service().schema();
		return new Use(schema, (of.access() != null) ? of.access().owner() : RoleNames.owner(schema), by, right);
	}

	/**
	 * The services whose schemas one uses, core among them.
	 */
	private static Stream<ServiceState> used(ServiceState state, Map<ServiceName, ServiceState> states,
			Set<ServiceName> fresh) {
		return Stream.concat(Stream.of(ServiceName.CORE), state.service().requiredServices())
			.distinct()
			.map(states::get)
			.filter((other) -> other != null && !other.service().name().equals(state.service().name()))
			.map(Objects::requireNonNull)
			.filter((other) -> other.access() != null || fresh.contains(other.service().name()));
	}

	/**
	 * What a service may do with another's tables.
	 */
	public enum Right {

		/** Use the schema and read its tables; core lets every service do that. */
		READ,
		/** Refer to the tables with a foreign key. */
		REFER

	}

	/**
	 * A right of one service on the tables of another.
	 *
	 * @param of the schema
	 * @param owner the role that owns it
	 * @param by the schema whose owner has the right; {@code null} for the group of all
	 * owners
	 * @param right what it may do
	 */
	public record Use(SchemaName of, String owner, @Nullable SchemaName by, Right right) {

		/**
		 * The role that has the right.
		 * @return its name
		 */
		public String role() {
			return (this.by == null) ? RoleNames.ALL_OWNERS : RoleNames.owner(this.by);
		}

		// Every start compares these: see ServiceName

		@Override
		public boolean equals(Object other) {
			return other instanceof Use use && use.of.equals(this.of) && use.owner.equals(this.owner)
					&& Objects.equals(use.by, this.by) && use.right == this.right;
		}

		@Override
		public int hashCode() {
			return 31 * this.of.hashCode() + Objects.hashCode(this.by);
		}

	}

}
