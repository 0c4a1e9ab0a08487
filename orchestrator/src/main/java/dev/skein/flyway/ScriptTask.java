package dev.skein.flyway;

import java.sql.Connection;
import java.sql.SQLException;

import dev.skein.catalog.Migration;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.MigrationError;
import dev.skein.migration.RunListener;

/**
 * What a script outside the history is run for, and what its transaction does besides.
 */
interface ScriptTask {

	Migration script();

	AttemptKind kind();

	/**
	 * Begins the transaction.
	 */
	void before(Connection connection) throws SQLException;

	/**
	 * Ends the transaction, but for the ledger's row and the commit.
	 */
	void after(Connection connection) throws SQLException;

	/**
	 * Says what a failure means for this task.
	 */
	default MigrationError explain(MigrationError error) {
		return error;
	}

	/**
	 * Tells that it is committed.
	 */
	void tell(RunListener listener, AppliedFile file);

}
