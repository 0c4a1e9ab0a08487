package dev.skein.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Closes what nobody needs any more.
 */
final class Closing {

	private Closing() {
	}

	static void quietly(Connection connection) {
		try {
			connection.close();
		}
		catch (SQLException ex) {
			// The server ends the session by itself once the socket is closed.
		}
	}

}
