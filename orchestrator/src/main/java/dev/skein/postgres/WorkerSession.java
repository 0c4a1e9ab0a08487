package dev.skein.postgres;

import java.sql.Connection;
import java.sql.SQLException;

import dev.skein.catalog.SchemaName;
import org.jspecify.annotations.Nullable;

/**
 * The session of one worker, which becomes the owner of one schema after the other.
 */
public final class WorkerSession implements AutoCloseable {

	private final WorkerSessions sessions;

	private final String role;

	private final Connection connection;

	private @Nullable SchemaName admitted;

	WorkerSession(WorkerSessions sessions, String role, Connection connection) {
		this.sessions = sessions;
		this.role = role;
		this.connection = connection;
	}

	/**
	 * The session itself.
	 * @return its connection, which sends every text as it is
	 */
	public Connection connection() {
		return this.connection;
	}

	/**
	 * Makes the session's role a member of the owner of a schema, and of no other owner.
	 * PostgreSQL does not end a {@code SET ROLE} with the membership, so the caller
	 * resets the session before.
	 * @param schema the schema, which belongs to a role of its own
	 * @throws SQLException if the membership cannot be given, or if the role has another;
	 * the session must be closed then
	 */
	public void admit(SchemaName schema) throws SQLException {
		if (!schema.equals(this.admitted)) {
			this.sessions.admit(this.role, this.admitted, schema);
			this.admitted = schema;
		}
	}

	/**
	 * Ends the session. Its role is dropped with the run.
	 */
	@Override
	public void close() {
		this.sessions.close(this);
	}

}
