package dev.skein.migration;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;

/**
 * Watches a run. Called from several threads, one at a time for each service.
 */
public interface RunListener {

	/**
	 * Watches nothing.
	 */
	RunListener SILENT = new RunListener() {
	};

	/**
	 * Another run holds the lock, and this one waits.
	 * @param holder who holds it
	 */
	default void waiting(LockHolder holder) {
	}

	/**
	 * The run knows what it has to do.
	 * @param migrations how many migrations are pending
	 * @param services in how many services
	 */
	default void planned(int migrations, int services) {
	}

	/**
	 * What an interrupted attempt left was removed before it is tried again.
	 * @param service whose they were
	 * @param index the index that was dropped, with its schema
	 */
	default void droppedIndex(ServiceDefinition service, String index) {
	}

	/**
	 * A file begins.
	 * @param service its service
	 * @param migration the file
	 */
	default void started(ServiceDefinition service, Migration migration) {
	}

	/**
	 * A file is committed.
	 * @param service its service
	 * @param file the file
	 */
	default void applied(ServiceDefinition service, AppliedFile file) {
	}

	/**
	 * A service failed; what was applied before stays.
	 * @param service the service
	 * @param error why
	 */
	default void failed(ServiceDefinition service, MigrationError error) {
	}

}
