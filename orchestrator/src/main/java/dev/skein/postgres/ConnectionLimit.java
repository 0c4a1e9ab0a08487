package dev.skein.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Finds out which limit keeps further sessions out: of the database, of the session's
 * user, or of the server. The sessions that count include Skein's own.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-MAX-CONNECTIONS">PostgreSQL:
 * max_connections</a>
 */
final class ConnectionLimit {

	private static final String LIMITS = """
			SELECT d.datname, d.datconnlimit, count(*) FILTER (WHERE a.datid = d.oid),
			    r.rolname, r.rolconnlimit, count(*) FILTER (WHERE a.usesysid = r.oid),
			    current_setting('max_connections')::int, count(*),
			    current_setting('superuser_reserved_connections')::int
			        + coalesce(current_setting('reserved_connections', true), '0')::int
			FROM pg_database d, pg_roles r, pg_stat_activity a
			WHERE d.datname = current_database() AND r.rolname = session_user AND a.backend_type = 'client backend'
			GROUP BY d.oid, d.datname, d.datconnlimit, r.oid, r.rolname, r.rolconnlimit""";

	private ConnectionLimit() {
	}

	static String read(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(LIMITS)) {
			row.next();
			if (row.getInt(2) >= 0 && row.getInt(3) >= row.getInt(2)) {
				return "database \"" + row.getString(1) + "\" allows " + row.getInt(2)
						+ " sessions (CONNECTION LIMIT), " + row.getInt(3) + " are open";
			}
			if (row.getInt(5) >= 0 && row.getInt(6) >= row.getInt(5)) {
				return "role \"" + row.getString(4) + "\" may have " + row.getInt(5) + " sessions (CONNECTION LIMIT), "
						+ row.getInt(6) + " are open";
			}
			return "the server allows " + row.getInt(7) + " sessions (max_connections), of which " + row.getInt(9)
					+ " are reserved, and " + row.getInt(8) + " are open";
		}
	}

}
