package dev.skein.flyway;

import java.sql.Connection;
import java.sql.SQLException;

import dev.skein.catalog.SchemaName;

/**
 * A session whose login has no rights, and which becomes the owner of one schema after
 * the other: the deploying session makes its role a member of the owner whose turn it is.
 */
public interface SharedSession extends AutoCloseable {

	/**
	 * The session itself.
	 * @return its connection, which sends every text as it is
	 */
	Connection connection();

	/**
	 * Makes the session's role a member of the owner of a schema, and of no other owner.
	 * PostgreSQL does not end a {@code SET ROLE} with the membership: the caller has
	 * reset the session before, and says {@code SET ROLE} afterwards.
	 * @param schema the schema, which belongs to a role of its own
	 * @throws SQLException if the membership cannot be given, or the role was given
	 * others; the session must be closed then
	 */
	void admit(SchemaName schema) throws SQLException;

	/**
	 * Ends the session. Its role is dropped with the run.
	 */
	@Override
	void close();

}
