package dev.skein.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What keeps the server from ending a session of Skein's that waits, or a statement of
 * it, whatever the database or the role say: one that holds the run lock may have nothing
 * to do for hours. Arrays are read with their nulls.
 */
final class SessionSettings {

	private static final int TRANSACTION_TIMEOUT_SINCE = 17;

	/** As part of a query, whatever the version; transaction_timeout came with 17. */
	static final String QUERY = """
			set_config('statement_timeout', '0', false) || set_config('array_nulls', 'on', false)
			    || set_config('idle_session_timeout', '0', false)
			    || set_config('idle_in_transaction_session_timeout', '0', false)
			    || CASE WHEN current_setting('server_version_num')::int >= 170000
			        THEN set_config('transaction_timeout', '0', false) ELSE '' END""";

	private SessionSettings() {
	}

	/**
	 * As statements, with a search path in which nothing is found by a name that is not
	 * qualified.
	 */
	static String statements(Connection connection) throws SQLException {
		return "SET search_path = ''; SET statement_timeout = 0; SET array_nulls = on;"
				+ " SET idle_session_timeout = 0; SET idle_in_transaction_session_timeout = 0"
				+ ((connection.getMetaData().getDatabaseMajorVersion() >= TRANSACTION_TIMEOUT_SINCE)
						? "; SET transaction_timeout = 0" : "");
	}

}
