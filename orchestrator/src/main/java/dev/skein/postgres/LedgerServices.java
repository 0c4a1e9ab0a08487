package dev.skein.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads which services the ledger knows, and in which schemas they are.
 */
final class LedgerServices {

	/**
	 * Whether there is a ledger, and whether this user may read its services. A view, or
	 * a table with policies, would run code of the role that made it.
	 */
	static final String READABLE = """
			SELECT count(*) > 0, coalesce(bool_or(c.relkind = 'r' AND NOT c.relrowsecurity
			    AND has_table_privilege(c.oid, 'SELECT') AND has_schema_privilege(n.oid, 'USAGE')), false)
			FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = 'skein' AND c.relname = 'services'""";

	/** To be asked only where they are readable. */
	static final String SERVICES = "SELECT service, schema FROM skein.services";

	private LedgerServices() {
	}

	/**
	 * The schema of each service, by the service's name.
	 * @return them; none without a ledger, or where this user may not read it
	 */
	static Map<String, String> read(Connection connection) throws SQLException {
		return read(connection, SERVICES);
	}

	/**
	 * The same without services whose schemas are gone.
	 */
	static Map<String, String> existing(Connection connection) throws SQLException {
		return read(connection, SERVICES + " WHERE to_regnamespace(quote_ident(schema)) IS NOT NULL");
	}

	private static Map<String, String> read(Connection connection, String query) throws SQLException {
		Map<String, String> services = new HashMap<>();
		try (Statement statement = connection.createStatement()) {
			boolean readable;
			try (ResultSet row = statement.executeQuery(READABLE)) {
				row.next();
				readable = row.getBoolean(2);
			}
			if (readable) {
				try (ResultSet row = statement.executeQuery(query)) {
					add(row, services);
				}
			}
		}
		return services;
	}

	static void add(ResultSet row, Map<String, String> services) throws SQLException {
		while (row.next()) {
			services.put(row.getString(1), row.getString(2));
		}
	}

}
