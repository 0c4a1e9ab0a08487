package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.skein.catalog.SchemaName;

/**
 * Reads what depends on a schema from other schemas.
 */
final class DependentsQuery {

	private static final String SQL = "SELECT split_part(line, ' ', 1), substr(line, strpos(line, ' ') + 1)"
			+ " FROM unnest(string_to_array(skein.dependents_outside(?, true), E'\\n')) AS line ORDER BY 2";

	private DependentsQuery() {
	}

	static Map<String, String> read(Connection connection, SchemaName schema) throws SQLException {
		Map<String, String> found = new LinkedHashMap<>();
		try (PreparedStatement query = connection.prepareStatement(SQL)) {
			query.setString(1, schema.value());
			try (ResultSet row = query.executeQuery()) {
				while (row.next()) {
					found.put(row.getString(1), row.getString(2));
				}
			}
		}
		return found;
	}

}
