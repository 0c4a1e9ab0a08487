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
 * @param code what the service wrote and will run with the rights of the new owner, when
 * others call or touch it; only where that is the given user
 */
public record OwnershipTransfer(ServiceDefinition service, Isolation isolation, String owner, List<String> objects,
		List<String> formerOwners, List<String> code) {

	public OwnershipTransfer {
		code = List.copyOf(code);
		objects = List.copyOf(objects);
		formerOwners = List.copyOf(formerOwners);
	}

}
