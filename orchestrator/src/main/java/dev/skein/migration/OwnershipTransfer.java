package dev.skein.migration;

import java.util.List;

import dev.skein.catalog.ServiceDefinition;

/**
 * What a service has to be given to be under its role, or what is taken back from it.
 *
 * @param service the service
 * @param isolation where it shall be
 * @param owner the role that gets all of it
 * @param objects what changes its owner, the schema first, as PostgreSQL names it
 * @param formerOwners who owns that now
 */
public record OwnershipTransfer(ServiceDefinition service, Isolation isolation, String owner, List<String> objects,
		List<String> formerOwners) {

	public OwnershipTransfer {
		objects = List.copyOf(objects);
		formerOwners = List.copyOf(formerOwners);
	}

}
