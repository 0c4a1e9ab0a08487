package dev.skein.postgres;

import java.sql.SQLException;

import dev.skein.migration.ConnectionSettings;

/**
 * Asks a database, and says which one it was when it does not answer.
 *
 * @param settings the database
 */
record Asking(ConnectionSettings settings) {

	/**
	 * Something asked of a database.
	 *
	 * @param <T> the answer
	 */
	interface Question<T> {

		T ask() throws SQLException;

	}

	<T> T ask(Question<T> question) {
		try {
			return question.ask();
		}
		catch (SQLException ex) {
			throw ConnectionFailure.of(this.settings, ex);
		}
	}

}
