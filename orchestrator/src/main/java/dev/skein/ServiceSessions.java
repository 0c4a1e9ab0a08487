package dev.skein;

import java.sql.Connection;
import java.sql.SQLException;

import dev.skein.catalog.SchemaName;
import dev.skein.flyway.SessionSource;
import dev.skein.postgres.ServiceLogins;

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

}
