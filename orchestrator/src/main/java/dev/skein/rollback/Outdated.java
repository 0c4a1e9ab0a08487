package dev.skein.rollback;

import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.HistoryChange;

/**
 * Repeatable migrations of one service that may depend on what is undone.
 *
 * @param service the service
 * @param files the migrations
 * @param again whether they are applied again at the end; not where nothing of their
 * service is left
 * @param changes what says in its history that they have to be applied again; nothing
 * where an interrupted rollback said so already
 */
public record Outdated(ServiceDefinition service, List<Migration> files, boolean again, List<HistoryChange> changes) {

	public Outdated {
		files = List.copyOf(files);
		changes = List.copyOf(changes);
	}

}
