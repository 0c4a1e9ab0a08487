package dev.skein;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.flyway.SessionSource;
import dev.skein.flyway.SharedSession;
import dev.skein.postgres.ServiceLogins;
import dev.skein.postgres.WorkerSession;
import org.jspecify.annotations.Nullable;

/**
 * Gives workers the sessions of a database's services.
 *
 * @param logins logs their roles in
 */
record ServiceSessions(ServiceLogins logins) implements SessionSource {

	@Override
	public String role(SchemaName schema) throws SQLException {
		return this.logins.role(schema);
	}

	@Override
	public List<String> extensionSchemas(ServiceDefinition service) throws SQLException {
		return this.logins.extensionSchemas(service);
	}

	@Override
	public boolean untouched(SchemaName schema) throws SQLException {
		return this.logins.isUntouched(schema);
	}

	@Override
	public Connection login(SchemaName schema) throws SQLException {
		return this.logins.open(schema);
	}

	@Override
	public Connection own() throws SQLException {
		return this.logins.own();
	}

	@Override
	public @Nullable SharedSession share() {
		WorkerSession session = this.logins.share();
		return (session == null) ? null : new Shared(session);
	}

	@Override
	public int lockHolder() {
		return this.logins.lockHolder();
	}

	/**
	 * The session of one worker.
	 */
	private record Shared(WorkerSession session) implements SharedSession {

		@Override
		public Connection connection() {
			return this.session.connection();
		}

		@Override
		public void admit(SchemaName schema) throws SQLException {
			this.session.admit(schema);
		}

		@Override
		public void close() {
			this.session.close();
		}

	}

}
