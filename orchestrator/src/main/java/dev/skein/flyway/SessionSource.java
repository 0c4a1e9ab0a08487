package dev.skein.flyway;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Where workers get their sessions, each as the role that works on a schema.
 */
public interface SessionSource {

	/**
	 * Names the role that works on a schema. A session serves all schemas of the same
	 * role.
	 * @param schema the schema
	 * @return the role; empty if it is the given user
	 * @throws SQLException if the database does not answer
	 */
	String role(SchemaName schema) throws SQLException;

	/**
	 * Where a service finds its extensions, beside the schema that is for them.
	 * @param service the service
	 * @return names of schemas, as they are; nearly always none
	 * @throws SQLException if the database does not answer
	 */
	default List<String> extensionSchemas(ServiceDefinition service) throws SQLException {
		return List.of();
	}

	/**
	 * Whether this run made the schema with a history that has no rows, and on which no
	 * role but its owner has rights. True at most once for each schema: the caller is
	 * about to work on it.
	 * @param schema the schema
	 * @return {@code true} if so; {@code false} where that has to be looked up
	 * @throws SQLException if the database does not answer
	 */
	boolean untouched(SchemaName schema) throws SQLException;

	/**
	 * Logs in as the role that works on a schema.
	 * @param schema the schema
	 * @return the session, to be closed by the caller
	 * @throws SQLException if there is none to be had
	 */
	Connection login(SchemaName schema) throws SQLException;

	/**
	 * Logs in as the given user.
	 * @return the session, to be closed by the caller
	 * @throws SQLException if there is none to be had
	 */
	Connection own() throws SQLException;

	/**
	 * Opens a session for one worker that works as the owner of one schema after the
	 * other, without a login for each.
	 * @return the session, to be closed by the caller; {@code null} where each schema's
	 * role logs in by itself
	 * @throws SQLException if there is none to be had
	 */
	default @Nullable SharedSession share() throws SQLException {
		return null;
	}

	/**
	 * The session that holds the run lock.
	 * @return its process id; 0 if no lock is held that workers should look at
	 */
	default int lockHolder() {
		return 0;
	}

	/**
	 * Everything as one user.
	 * @param source where the sessions come from
	 * @return the sessions
	 */
	static SessionSource of(DataSource source) {
		return new SessionSource() {

			@Override
			public String role(SchemaName schema) {
				return "";
			}

			@Override
			public boolean untouched(SchemaName schema) {
				return false;
			}

			@Override
			public Connection login(SchemaName schema) throws SQLException {
				return source.getConnection();
			}

			@Override
			public Connection own() throws SQLException {
				return source.getConnection();
			}

		};
	}

}
