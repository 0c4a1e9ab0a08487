package dev.skein.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Does something whole or not at all, on a connection on which every statement commits by
 * itself otherwise.
 */
final class Transaction {

	private Transaction() {
	}

	/**
	 * What is to be done.
	 */
	interface Work {

		void run() throws SQLException;

	}

	/**
	 * @throws SQLException what went wrong first; that a lost connection cannot roll back
	 * either is not the news
	 */
	static void run(Connection connection, Work work) throws SQLException {
		connection.setAutoCommit(false);
		try {
			work.run();
			connection.commit();
		}
		catch (SQLException | RuntimeException failure) {
			undo(connection, failure);
			throw failure;
		}
		connection.setAutoCommit(true);
	}

	private static void undo(Connection connection, Exception failure) {
		try {
			connection.rollback();
			connection.setAutoCommit(true);
		}
		catch (SQLException alsoFailed) {
			failure.addSuppressed(alsoFailed);
		}
	}

}
