package dev.skein.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
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

	/** Of each extension, also those that it needs. */
	private static final String IMMOVABLE = """
			WITH RECURSIVE needed (root, oid) AS (
			    SELECT extname, oid FROM pg_extension
			    UNION SELECT n.root, d.refobjid FROM needed n JOIN pg_depend d ON d.objid = n.oid
			    WHERE d.classid = 'pg_extension'::regclass AND d.refclassid = 'pg_extension'::regclass
			)
			SELECT n.root, s.nspname FROM needed n JOIN pg_extension e ON e.oid = n.oid
			JOIN pg_namespace s ON s.oid = e.extnamespace
			WHERE NOT e.extrelocatable AND s.nspname NOT IN ('pg_catalog', '%s') ORDER BY n.root, e.extname <> n.root"""
		.formatted(SchemaBootstrap.EXTENSIONS);

	private final Connection connection;

	private volatile @Nullable Map<String, List<String>> immovable;

	ExtensionSchemas(Connection connection) {
		this.connection = connection;
	}

	/**
	 * The schemas that belong on the path of a service.
	 */
	List<String> of(ServiceDefinition service) throws SQLException {
		Map<String, List<String>> known = known();
		return known.isEmpty() ? List.of()
				: service.allExtensions()
					.stream()
					.flatMap((extension) -> known.getOrDefault(extension, List.of()).stream())
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

	private Map<String, List<String>> known() throws SQLException {
		Map<String, List<String>> known = this.immovable;
		if (known == null) {
			known = read();
			this.immovable = known;
		}
		return known;
	}

	private Map<String, List<String>> read() throws SQLException {
		Map<String, List<String>> schemas = new HashMap<>();
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery(IMMOVABLE)) {
			while (row.next()) {
				schemas.computeIfAbsent(row.getString(1), (root) -> new ArrayList<>()).add(row.getString(2));
			}
		}
		return schemas;
	}

	void forget() {
		this.immovable = null;
	}

}
