package dev.skein.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceName;
import dev.skein.plan.MigrationPlan;

/**
 * Makes histories agree with the files again, where the files are right. Runs no file and
 * touches no table of a service.
 */
public final class HistoryRepair {

	private final PlatformDatabase database;

	private final MigrationPlan plan;

	private final Set<ServiceName> services;

	/**
	 * A repair of some services.
	 * @param database the database
	 * @param plan a plan that has these services
	 * @param services the services
	 */
	public HistoryRepair(PlatformDatabase database, MigrationPlan plan, Set<ServiceName> services) {
		this.database = database;
		this.plan = plan;
		this.services = Set.copyOf(services);
	}

	/**
	 * Compares the services with their histories.
	 * @return the states in the order of the plan
	 */
	public List<ServiceState> states() {
		List<ServiceState> states = new ArrayList<>(PlatformState.services(this.plan, this.database));
		states.removeIf((state) -> !this.services.contains(state.service().name()));
		return states;
	}

	/**
	 * What is to be repaired. A history that is ahead of its files is not: older files
	 * are no reason to forget what was applied.
	 * @param states the states
	 * @return one entry for each service that needs it
	 */
	public List<ServiceRepair> find(List<ServiceState> states) {
		List<ServiceRepair> repairs = new ArrayList<>();
		for (ServiceState state : states) {
			if (!state.repairs().isEmpty()) {
				repairs.add(new ServiceRepair(state.service(), state.repairs(), invalidIndexes(state)));
			}
		}
		return repairs;
	}

	/**
	 * Repairs, each service in a transaction of its own. The caller holds the run lock.
	 * @param repairs what was found, and shown to somebody
	 * @throws CannotStartException if the histories are not as they were found any more,
	 * or one cannot be changed; says which were changed before
	 */
	public void apply(List<ServiceRepair> repairs) {
		if (!find(states()).equals(repairs)) {
			throw new CannotStartException("the histories changed since they were shown; nothing was touched",
					"run the repair again", null);
		}
		List<String> done = new ArrayList<>();
		for (ServiceRepair repair : repairs) {
			apply(repair, done);
			done.add("\"" + repair.service().name() + "\"");
		}
	}

	private void apply(ServiceRepair repair, List<String> done) {
		try {
			this.database.repair(repair.service().schema(), repair.changes());
		}
		catch (CannotStartException ex) {
			throw new CannotStartException(
					"service \"" + repair.service().name() + "\" was not repaired: " + ex.getMessage()
							+ (done.isEmpty() ? "" : "; repaired before it: " + String.join(", ", done)),
					ex.hint(), ex);
		}
	}

	private List<String> invalidIndexes(ServiceState state) {
		boolean failed = state.repairs()
			.stream()
			.anyMatch((change) -> change.action() == HistoryChange.Action.FAILED_REMOVED);
		SchemaName schema = state.service().schema();
		return failed ? List.copyOf(this.database.contents(List.of(schema)).invalidIndexes()) : List.of();
	}

}
