package dev.skein.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.plan.SeedPlan;

/**
 * Makes a database ready for a run: schemas, roles, rights, and nothing left of an
 * earlier attempt. Whoever uses it holds the run lock.
 */
final class RunPreparation {

	private final PlatformDatabase database;

	private final MigrateOptions options;

	private final List<ServiceDefinition> affected;

	/** Those whose histories plain Flyway wrote, and the ledger does not have. */
	private final List<ServiceDefinition> unrecorded;

	/** Those with seeds, too. */
	private final List<ServiceDefinition> involved;

	private final SeedPlan seeds;

	private final int pending;

	private final Map<ServiceName, ServiceState> states;

	private final RightsChange rights;

	RunPreparation(PlatformDatabase database, MigrateOptions options, List<StepWork> work, SeedPlan seeds,
			List<ServiceDefinition> unrecorded, Map<ServiceName, ServiceState> states) {
		this.database = database;
		this.options = options;
		this.seeds = seeds;
		this.affected = once(work.stream().filter((item) -> !item.isDone()).map((item) -> item.step().service()));
		this.involved = once(Stream.concat(this.affected.stream(), seeds.services().stream()));
		this.unrecorded = unrecorded;
		this.pending = work.stream().mapToInt((item) -> item.pending().size()).sum();
		this.states = states;
		this.rights = rights(states, this.affected.stream().map(ServiceDefinition::name).collect(Collectors.toSet()),
				options);
	}

	private static List<ServiceDefinition> once(Stream<ServiceDefinition> services) {
		Map<ServiceName, ServiceDefinition> byName = new LinkedHashMap<>();
		services.forEach((service) -> byName.putIfAbsent(service.name(), service));
		return List.copyOf(byName.values());
	}

	/**
	 * The rights that have to change for services that are there already.
	 */
	static RightsChange rights(Map<ServiceName, ServiceState> states, Set<ServiceName> fresh, MigrateOptions options) {
		return (options.isolation() == Isolation.ROLES) ? RightsChange.of(states, fresh) : RightsChange.NONE;
	}

	boolean hasNothingToDo() {
		return this.involved.isEmpty() && this.unrecorded.isEmpty() && this.rights.isEmpty();
	}

	List<ServiceDefinition> affected() {
		return this.affected;
	}

	/**
	 * The schemas whose contents are kept at the end: those with files to run, those that
	 * others get rights on, and those whose histories are taken over.
	 */
	List<SchemaName> schemas() {
		return Stream.concat(
				Stream.concat(this.affected.stream(), this.unrecorded.stream()).map(ServiceDefinition::schema),
				Stream.concat(this.rights.missing().stream(), this.rights.stale().stream()).map(RightsChange.Use::of))
			.distinct()
			.toList();
	}

	/**
	 * Prepares all of it. Everything that a run could miss is found before the first
	 * change.
	 */
	RunRecorder prepare(UUID run, MigrationEngine engine, RunListener listener) {
		RunRecorder recorder = prepare(run, engine, listener, this.affected);
		this.affected.forEach((service) -> clearFailure(state(service), listener));
		return recorder;
	}

	/**
	 * The same, but for the schemas of services that can wait.
	 * @param later the schemas that are made while others are at work; told which
	 * services could not be prepared
	 */
	RunRecorder prepare(UUID run, MigrationEngine engine, RunListener listener, LaterSchemas later) {
		Set<ServiceName> waiting = later.services().stream().map(ServiceDefinition::name).collect(Collectors.toSet());
		RunRecorder recorder = prepare(run, engine, listener,
				this.affected.stream().filter((service) -> !waiting.contains(service.name())).toList());
		for (ServiceDefinition service : this.affected) {
			try {
				clearFailure(state(service), listener);
			}
			catch (CannotStartException ex) {
				// What a service did to its own history fails no other.
				later.failed(service, ex);
			}
		}
		return recorder;
	}

	/**
	 * The schemas that can be made while others are at work, where there are many.
	 */
	LaterSchemas later() {
		Set<SchemaName> entangled = this.rights.schemas();
		return new LaterSchemas(this.database, this.options.isolation(),
				this.affected.stream()
					.skip(LaterSchemas.AHEAD)
					.filter((service) -> !entangled.contains(service.schema()) && needsOnlyASchema(state(service)))
					.toList());
	}

	private static boolean needsOnlyASchema(ServiceState state) {
		return state.access() == null && state.service().tool() == null && state.service().extensions().isEmpty()
				&& state.pending()
					.stream()
					.noneMatch((file) -> file.runsAlone() || !file.createdExtensions().isEmpty());
	}

	private RunRecorder prepare(UUID run, MigrationEngine engine, RunListener listener, List<ServiceDefinition> now) {
		this.database.isolation()
			.requireRights(this.involved.stream().map(this::state).toList(), this.options.isolation());
		RunRecorder recorder = RunRecorder.begin(this.database, engine, run, RunCommand.MIGRATE,
				once(Stream.concat(this.involved.stream(), this.unrecorded.stream())), this.options.requester());
		if (!this.unrecorded.isEmpty()) {
			this.database.ledger().takeOver(run, this.unrecorded);
			listener.takenOver(this.unrecorded);
		}
		List<ServiceDefinition> open = this.involved.stream()
			.filter((service) -> state(service).access() != null && !state(service).isUnderRole())
			.toList();
		if (this.options.isolation() == Isolation.ROLES && !open.isEmpty()) {
			listener.notIsolated(open);
		}
		if (setsUpRoles() && this.database.isolation().mayTakeEveryRole()) {
			listener.mayTakeEveryRole(this.database.identity().user());
		}
		provideExtensions();
		if (!this.affected.isEmpty()) {
			listener.planned(this.pending, this.affected.size());
			this.database.expectWorkers(this.options.jobs());
			this.database.prepare(now, this.options.isolation());
		}
		if (!this.rights.isEmpty()) {
			this.database.isolation().change(this.rights);
			listener.rightsChanged(this.rights);
		}
		return recorder;
	}

	/**
	 * Whether services get roles, and none had one before.
	 */
	private boolean setsUpRoles() {
		return this.options.isolation() == Isolation.ROLES
				&& this.affected.stream().anyMatch((service) -> state(service).access() == null)
				&& this.states.values().stream().noneMatch(ServiceState::isUnderRole);
	}

	/**
	 * Those of manifests, and those that the files to be run create themselves.
	 */
	private void provideExtensions() {
		List<ExtensionNeed> needs = new ArrayList<>();
		for (ServiceDefinition service : this.affected) {
			needs.addAll(ExtensionNeed.of(service, state(service).pending()));
		}
		for (SeedPlan.Batch batch : this.seeds.batches()) {
			batch.files().forEach((file) -> needs.addAll(ExtensionNeed.ofFile(batch.service(), file)));
		}
		if (!needs.isEmpty()) {
			this.database.provideExtensions(needs, this.options.allowedExtensions());
		}
	}

	/**
	 * A run that was killed leaves no row of its failure.
	 */
	private void clearFailure(ServiceState state, RunListener listener) {
		if (state.service().tool() == null && (state.state() == ServiceState.State.FAILED
				|| state.pending().stream().anyMatch(Migration::runsAlone))) {
			listener.cleared(state.service(), this.database.clearFailure(state.service().schema(), state.pending()));
		}
	}

	private ServiceState state(ServiceDefinition service) {
		return Objects.requireNonNull(this.states.get(service.name()));
	}

}
