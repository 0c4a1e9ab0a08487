package dev.skein.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.RunKey;
import org.flywaydb.core.api.FlywayException;

/**
 * Undoes one migration: its undo script, the removal of its row from the history, and the
 * ledger's row are one transaction. If PostgreSQL runs the script outside a transaction
 * only, the rows follow when it is done.
 */
final class UndoAttempt {

	private final ServiceDefinition service;

	private final RunKey run;

	private final RoomCheck room;

	private final FileManners manners;

	private final String history;

	UndoAttempt(ServiceDefinition service, RunKey run, RoomCheck room, FileManners manners) {
		this.service = service;
		this.run = run;
		this.room = room;
		this.manners = manners;
		this.history = service.schema().quoted() + ".flyway_schema_history";
	}

	/**
	 * Runs the script between what belongs to it.
	 * @return the undo script, committed
	 */
	AppliedFile undo(Connection connection, MigrationEngine.Undo step, UndoScript.Work script) throws SQLException {
		Migration undo = step.script();
		long start = System.nanoTime();
		this.manners.before(connection, undo);
		if (undo.runsAlone()) {
			this.room.before(connection);
			script.run();
			this.room.after(connection, true);
			this.manners.after(connection, undo);
		}
		connection.setAutoCommit(false);
		try {
			lock(connection);
			if (!undo.runsAlone()) {
				this.room.before(connection);
				script.run();
				this.room.after(connection, false);
			}
			remove(connection, step);
			AppliedFile undone = new AppliedFile(undo, (System.nanoTime() - start) / 1_000_000);
			LedgerRow.write(connection, this.run, this.service, AttemptKind.UNDO, undone);
			connection.commit();
			return undone;
		}
		finally {
			end(connection);
		}
	}

	/**
	 * Nothing is left to roll back after the commit. If the connection is gone, the
	 * server rolls back by itself, and why it went is what has to be told.
	 */
	private static void end(Connection connection) {
		try {
			connection.rollback();
			connection.setAutoCommit(true);
		}
		catch (SQLException ex) {
			System.getLogger("skein").log(System.Logger.Level.DEBUG, "the connection is gone", ex);
		}
	}

	/**
	 * Plain Flyway, which knows nothing of the run lock, must not add to the history
	 * meanwhile.
	 */
	private void lock(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("LOCK TABLE " + this.history + " IN SHARE ROW EXCLUSIVE MODE");
		}
	}

	private void remove(Connection connection, MigrationEngine.Undo step) throws SQLException {
		try (PreparedStatement statement = connection
			.prepareStatement("DELETE FROM " + this.history + " WHERE success AND installed_rank = ? AND script = ?")) {
			statement.setInt(1, step.row().rank());
			statement.setString(2, step.row().script());
			if (statement.executeUpdate() != 1) {
				throw new FlywayException(
						"the history changed meanwhile: the row of \"" + step.row().script() + "\" is gone");
			}
		}
	}

}
