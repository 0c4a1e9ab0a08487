package dev.skein.flyway;

import java.util.List;
import java.util.stream.Collectors;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.Timeouts;

/**
 * SQL that gives a session the state in which each file begins: nothing of the file
 * before, then Skein's own settings, whatever the database or the role say.
 */
final class SessionSettings {

	/**
	 * What {@code DISCARD ALL} does but for cached plans. That command itself cannot be
	 * sent together with others.
	 * @see <a href=
	 * "https://www.postgresql.org/docs/current/sql-discard.html">PostgreSQL: DISCARD</a>
	 */
	static final String RESET = "CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ROLE; RESET ALL; DEALLOCATE ALL;"
			+ " UNLISTEN *; SELECT pg_catalog.pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES; ";

	/**
	 * No time-out may end a session that waits for its next file. Row level security must
	 * not hide rows from a migration: with this setting PostgreSQL refuses instead.
	 * @see <a href=
	 * "https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-ROW-SECURITY">PostgreSQL:
	 * row_security</a>
	 */
	private static final String ALWAYS = "SET client_min_messages = notice; SET row_security = off;"
			+ " SET idle_session_timeout = 0; SET idle_in_transaction_session_timeout = 0; ";

	/** Known to PostgreSQL from 17 on. */
	private static final String TRANSACTION_TIMEOUT = "SET transaction_timeout = 0; ";

	/**
	 * Lets the server look now and then whether this process is still there, so that a
	 * statement does not outlive a run that was killed. Not every platform can look.
	 * @see <a href=
	 * "https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-CLIENT-CONNECTION-CHECK-INTERVAL">PostgreSQL:
	 * client_connection_check_interval</a>
	 */
	static final String LOOK_FOR_CLIENT = "SET client_connection_check_interval = '1s'; ";

	private final String always;

	/**
	 * The settings of one session.
	 * @param majorVersion the server's
	 * @param looksForClient whether the server can look whether this process is there
	 */
	SessionSettings(int majorVersion, boolean looksForClient) {
		this.always = ALWAYS + ((majorVersion >= 17) ? TRANSACTION_TIMEOUT : "")
				+ (looksForClient ? LOOK_FOR_CLIENT : "");
	}

	/**
	 * What is set before a file.
	 * @param role the role that the file runs as; empty for the one that logged in
	 * @param schema the schema of the service
	 * @param further schemas of extensions that lie elsewhere
	 * @param application what the session calls itself
	 * @param timeouts how long the file may wait and run
	 * @return statements, each with its semicolon
	 */
	String before(String role, SchemaName schema, List<String> further, String application, Timeouts timeouts) {
		return as(role) + "SET application_name = " + Literal.of(application) + "; " + searchPath(schema)
				+ further.stream().map((name) -> ", " + Literal.name(name)).collect(Collectors.joining())
				+ "; SET lock_timeout = " + timeouts.lock().toMillis() + "; SET statement_timeout = "
				+ timeouts.statement().toMillis() + "; " + this.always;
	}

	/**
	 * Makes a role the current one again, whatever a file left.
	 * @param role the role; empty for the one that logged in
	 * @return statements, each with its semicolon
	 */
	static String as(String role) {
		return role.isEmpty() ? "RESET ROLE; " : "SET ROLE " + Literal.name(role) + "; ";
	}

	/**
	 * The same where a file may have taken another user's identity.
	 * @param role the role; empty for the one that logged in
	 * @return statements, each with its semicolon
	 */
	static String asLoggedIn(String role) {
		return "SET SESSION AUTHORIZATION DEFAULT; " + as(role);
	}

	/**
	 * Finds the service's own tables by their names, and those of no other service.
	 * @param schema the schema of the service
	 * @return a statement without its semicolon
	 */
	static String searchPath(SchemaName schema) {
		return "SET search_path = " + schema.quoted() + ", extensions";
	}

}
