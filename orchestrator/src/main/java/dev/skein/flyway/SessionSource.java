package dev.skein.flyway;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import dev.skein.catalog.SchemaName;

/**
 * Where workers get their sessions, each as the role that works on a schema.
 *
 * @param role names the role that works on a schema; empty if the given user does. A
 * session serves all schemas of the same role
 * @param untouched whether nobody has worked on a schema: its history is there without
 * rows, and nobody but its owner has rights on it. It is asked when work begins there,
 * and true at most once
 * @param session opens a session as that role
 * @param own opens a session as the given user
 */
public record SessionSource(OfSchema<String> role, OfSchema<Boolean> untouched, OfSchema<Connection> session, Own own) {

	/**
	 * Everything as one user.
	 * @param source where the sessions come from
	 * @return the sessions
	 */
	public static SessionSource of(DataSource source) {
		return new SessionSource((schema) -> "", (schema) -> false, (schema) -> source.getConnection(),
				source::getConnection);
	}

	/**
	 * Something that depends on a schema.
	 *
	 * @param <T> what
	 */
	public interface OfSchema<T> {

		/**
		 * Gets it.
		 * @param schema the schema
		 * @return what was asked for
		 * @throws SQLException if the database does not answer
		 */
		T get(SchemaName schema) throws SQLException;

	}

	/**
	 * A way to open a session.
	 */
	public interface Own {

		/**
		 * Opens it.
		 * @return the session, to be closed by the caller
		 * @throws SQLException if there is none to be had
		 */
		Connection open() throws SQLException;

	}

}
