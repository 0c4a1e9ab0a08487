package dev.skein.cli;

import java.util.List;

import dev.skein.migration.Arrival;
import dev.skein.migration.ConnectionSettings;
import org.jspecify.annotations.Nullable;

/**
 * The end of a waiting as JSON. The names are a contract.
 */
record WaitView(String database, String outcome, boolean ledger, long waitedMillis, List<ServiceView> services) {

	static WaitView of(ConnectionSettings database, Arrival arrival) {
		return new WaitView(database.toString(), arrival.isComplete() ? "there" : "missing", arrival.seen().ledger(),
				arrival.waited().toMillis(),
				arrival.wanted()
					.entrySet()
					.stream()
					.map((one) -> new ServiceView(one.getKey().value(), one.getValue().toString(),
							PlanView.text(arrival.seen().versions().get(one.getKey())), arrival.has(one.getKey())))
					.toList());
	}

	/**
	 * One service.
	 */
	record ServiceView(String service, String needed, @Nullable String current, boolean there) {
	}

}
