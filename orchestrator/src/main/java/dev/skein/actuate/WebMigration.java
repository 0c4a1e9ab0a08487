package dev.skein.actuate;

import java.util.UUID;

import dev.skein.migration.RunReport;

/**
 * Migrates the platform that is served, on connections of its own.
 */
public interface WebMigration {

	/**
	 * Brings the platform up to date.
	 * @param run the run's id
	 * @param requester who asked for it, for the ledger
	 * @return what was done
	 */
	RunReport migrate(UUID run, String requester);

	/**
	 * Ends the run that goes on early, from another thread.
	 */
	void cancel();

}
