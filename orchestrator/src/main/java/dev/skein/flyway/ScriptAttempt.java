package dev.skein.flyway;

import java.sql.Connection;
import java.sql.SQLException;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.RunKey;

/**
 * Runs one script outside the history: the script, what else belongs to its task, and the
 * ledger's row are one transaction. If PostgreSQL runs the script outside a transaction
 * only, the rows follow when it is done.
 */
final class ScriptAttempt {

	private final ServiceDefinition service;

	private final KeptConnection session;

	private final RunKey run;

	private final RoomCheck room;

	private final FileManners manners;

	ScriptAttempt(ServiceDefinition service, KeptConnection session, RunKey run, RoomCheck room, FileManners manners) {
		this.service = service;
		this.session = session;
		this.run = run;
		this.room = room;
		this.manners = manners;
	}

	/**
	 * Runs the script between what belongs to it.
	 * @return the file, committed
	 */
	AppliedFile run(Connection connection, ScriptTask task, LooseScript.Work script) throws SQLException {
		Migration file = task.script();
		long start = System.nanoTime();
		this.manners.before(file);
		if (file.runsAlone()) {
			this.room.before();
			script.run();
			this.room.after(true);
			this.manners.after(connection, file);
		}
		connection.setAutoCommit(false);
		try {
			task.before(connection);
			if (!file.runsAlone()) {
				this.room.before();
				script.run();
				this.room.after(false);
			}
			task.after(connection);
			AppliedFile done = new AppliedFile(file, (System.nanoTime() - start) / 1_000_000);
			LedgerRow.write(this.session, this.run, this.service, task.kind(), done);
			connection.commit();
			return done;
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

}
