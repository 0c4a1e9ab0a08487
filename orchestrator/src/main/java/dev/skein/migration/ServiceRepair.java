package dev.skein.migration;

import java.util.List;

import dev.skein.catalog.ServiceDefinition;

/**
 * What a repair changes in one service's schema.
 *
 * @param service the service
 * @param changes the changes to its history
 * @param invalidIndexes indexes that a failed build left behind, with their schema; they
 * are dropped with the row of the failure, which is all that tells of them
 */
public record ServiceRepair(ServiceDefinition service, List<HistoryChange> changes, List<String> invalidIndexes) {

	public ServiceRepair {
		changes = List.copyOf(changes);
		invalidIndexes = List.copyOf(invalidIndexes);
	}

}
