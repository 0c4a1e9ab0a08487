package dev.skein.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.plan.MigrationPlan;

/**
 * A platform compared with its database, without changing anything.
 *
 * @param moment when the comparison began
 * @param services the state of each service, in the order of the plan
 * @param verification the tables and indexes that were found
 * @param unrecorded the services with a history that the ledger does not know: plain
 * Flyway migrated them
 */
public record PlatformState(Moment moment, List<ServiceState> services, Verification verification,
		List<ServiceDefinition> unrecorded) {

	public PlatformState {
		services = List.copyOf(services);
		unrecorded = List.copyOf(unrecorded);
	}

	/**
	 * Looks at a database, in two round trips, and one more where foreign tools migrate.
	 * @param plan the plan of the platform
	 * @param database the database
	 * @return what was seen
	 * @throws CannotStartException if the database cannot be read
	 */
	public static PlatformState read(MigrationPlan plan, PlatformDatabase database) {
		SchemaSurvey survey = database.survey(schemas(plan));
		return new PlatformState(survey.moment(), services(plan, survey.histories(), database),
				Verification.of(plan, survey.contents()), unrecorded(plan, survey));
	}

	private static List<ServiceDefinition> unrecorded(MigrationPlan plan, SchemaSurvey survey) {
		Map<String, String> known = survey.services();
		if (known == null) {
			return List.of();
		}
		return plan.services()
			.stream()
			.filter((service) -> service.tool() == null && !known.containsKey(service.name().value())
					&& survey.histories()
						.getOrDefault(service.schema(), SchemaHistory.NONE)
						.rows()
						.stream()
						.anyMatch(AppliedMigration::success))
			.toList();
	}

	/**
	 * The states of now, which are these where nothing has changed since.
	 */
	List<ServiceState> renewed(MigrationPlan plan, PlatformDatabase database) {
		return database.historiesSince(schemas(plan), this.moment)
			.map((histories) -> services(plan, histories, database))
			.orElse(this.services);
	}

	static List<ServiceState> services(MigrationPlan plan, PlatformDatabase database) {
		return services(plan, database.histories(schemas(plan)), database);
	}

	private static List<ServiceState> services(MigrationPlan plan, Map<SchemaName, SchemaHistory> histories,
			PlatformDatabase database) {
		List<ServiceState> states = new ArrayList<>();
		Map<String, Boolean> toolRuns = plan.services().stream().allMatch((service) -> service.tool() == null)
				? Map.of() : database.ledger().toolRuns();
		for (ServiceDefinition service : plan.services()) {
			SchemaHistory history = histories.getOrDefault(service.schema(), SchemaHistory.NONE);
			states.add((service.tool() == null) ? StateComparison.compare(service, history)
					: ToolState.known(service, history.access(), toolRuns.get(service.name().value())));
		}
		return states;
	}

	/**
	 * States by the names of their services, in the same order.
	 */
	static Map<ServiceName, ServiceState> byName(List<ServiceState> states) {
		Map<ServiceName, ServiceState> byName = new LinkedHashMap<>();
		states.forEach((state) -> byName.put(state.service().name(), state));
		return byName;
	}

	static Verification verify(MigrationPlan plan, PlatformDatabase database) {
		return Verification.of(plan, database.contents(schemas(plan)));
	}

	static List<SchemaName> schemas(MigrationPlan plan) {
		return plan.services().stream().map(ServiceDefinition::schema).toList();
	}

}
