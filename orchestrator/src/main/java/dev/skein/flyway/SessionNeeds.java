package dev.skein.flyway;

import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;

/** Placeholder until h5's lands. */
final class SessionNeeds {

	private SessionNeeds() {
	}

	static boolean ofItsOwn(ServiceDefinition service, List<Migration> files) {
		return false;
	}

}
