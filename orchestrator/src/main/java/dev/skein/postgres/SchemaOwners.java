package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.RoleNames;

/**
 * Knows which schemas belong to roles of their own, and asks each time for those only
 * that it does not know yet. One that belongs neither to its role nor to whom this
 * session trusts is refused: nothing works on it.
 */
final class SchemaOwners {

	private static final String OWNERS = """
			SELECT nspname, pg_get_userbyid(nspowner) FROM pg_catalog.pg_namespace WHERE nspname = ANY (?)""";

	private final Connection connection;

	private final Map<SchemaName, Boolean> underRole = new ConcurrentHashMap<>();

	SchemaOwners(Connection connection) {
		this.connection = connection;
	}

	boolean isUnderRole(SchemaName schema) throws SQLException {
		if (!this.underRole.containsKey(schema)) {
			learn(List.of(schema));
		}
		return this.underRole.getOrDefault(schema, false);
	}

	/**
	 * Looks several up at once, also those that were known.
	 */
	void learn(Collection<SchemaName> schemas) throws SQLException {
		Map<SchemaName, Boolean> found = new HashMap<>();
		try (PreparedStatement statement = this.connection.prepareStatement(OWNERS)) {
			statement.setArray(1, HistoryQuery.names(this.connection, schemas));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					SchemaName schema = new SchemaName(row.getString(1));
					found.put(schema, row.getString(2).equals(RoleNames.owner(schema)));
				}
			}
		}
		SchemasOfOthers.refuse(this.connection,
				found.keySet().stream().filter((schema) -> Boolean.FALSE.equals(found.get(schema))).toList());
		this.underRole.putAll(found);
	}

	void forget() {
		this.underRole.clear();
	}

}
