package dev.skein.flyway;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.RunListener;

/**
 * Puts data into the tables of one service. No history knows of it.
 *
 * @param service its service
 * @param script the seed
 */
record SeedTask(ServiceDefinition service, Migration script) implements ScriptTask {

	@Override
	public AttemptKind kind() {
		return AttemptKind.SEED;
	}

	@Override
	public void tell(RunListener listener, AppliedFile file) {
		listener.seeded(this.service, file);
	}

}
