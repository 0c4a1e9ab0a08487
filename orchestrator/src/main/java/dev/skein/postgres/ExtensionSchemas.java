package dev.skein.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.ServiceDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Knows where extensions lie that are in another schema than the one for them, and cannot
 * be moved. Asks once, until it is told to forget.
 */
final class ExtensionSchemas {

	private static final String IMMOVABLE = "SELECT extname, nspname FROM pg_extension JOIN pg_namespace n"
			+ " ON n.oid = extnamespace WHERE NOT extrelocatable AND nspname NOT IN ('pg_catalog', '"
			+ SchemaBootstrap.EXTENSIONS + "')";

	private final Connection connection;

	private volatile @Nullable Map<String, String> immovable;

	ExtensionSchemas(Connection connection) {
		this.connection = connection;
	}

	/**
	 * The schemas that belong on the path of a service.
	 */
	List<String> of(ServiceDefinition service) throws SQLException {
		Map<String, String> known = known();
		return known.isEmpty() ? List.of()
				: service.allExtensions()
					.stream()
					.filter(known::containsKey)
					.map(known::get)
					.filter((schema) -> !schema.equals(service.schema().value()))
					.distinct()
					.toList();
	}

	/**
	 * Asks before others do, from whose threads the connection had better not be used.
	 */
	void learn() throws SQLException {
		known();
	}

	private Map<String, String> known() throws SQLException {
		Map<String, String> known = this.immovable;
		if (known == null) {
			known = read();
			this.immovable = known;
		}
		return known;
	}

	private Map<String, String> read() throws SQLException {
		Map<String, String> schemas = new HashMap<>();
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery(IMMOVABLE)) {
			while (row.next()) {
				schemas.put(row.getString(1), row.getString(2));
			}
		}
		return schemas;
	}

	void forget() {
		this.immovable = null;
	}

}
