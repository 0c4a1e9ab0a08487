package dev.skein.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds tables that several services promise. Each has one in its own schema then, and a
 * name without a schema means another table in each session.
 */
public final class PromisedTwice {

	private PromisedTwice() {
	}

	/**
	 * Looks through the manifests.
	 * @param services the services
	 * @return a problem for each table of each service that an earlier one promises
	 */
	public static List<Problem> in(Collection<ServiceDefinition> services) {
		Map<String, ServiceDefinition> first = new HashMap<>();
		List<Problem> problems = new ArrayList<>();
		for (ServiceDefinition service : services) {
			for (String table : service.tables()) {
				ServiceDefinition other = first.putIfAbsent(table, service);
				if (other != null && !other.name().equals(service.name())) {
					problems.add(new CatalogProblem(service.location(),
							"table \"" + table + "\" is promised by service \"" + service.name()
									+ "\" and by service \"" + other.name() + "\" at " + other.location(),
							"rename one of them, or leave it out of tables where the other one is meant"));
				}
			}
		}
		return problems;
	}

}
