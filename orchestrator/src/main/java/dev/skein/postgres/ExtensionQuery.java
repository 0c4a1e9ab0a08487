package dev.skein.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.SchemaName;
import org.jspecify.annotations.Nullable;

/**
 * Asks which extensions a database has, and which its server could give it.
 */
final class ExtensionQuery {

	/** With what each needs itself. */
	private static final String INSTALLED = """
			WITH RECURSIVE needed (root, oid) AS (
			    SELECT extname, oid FROM pg_extension WHERE extname = ANY (?)
			    UNION SELECT n.root, d.refobjid FROM needed n JOIN pg_depend d ON d.objid = n.oid
			    WHERE d.classid = 'pg_extension'::regclass AND d.refclassid = 'pg_extension'::regclass
			)
			SELECT n.root, e.extname, s.nspname, e.extrelocatable FROM needed n JOIN pg_extension e ON e.oid = n.oid
			JOIN pg_namespace s ON s.oid = e.extnamespace ORDER BY n.root, e.extname <> n.root, e.extname""";

	/** What each would bring along, as far as it is not there yet. */
	private static final String AVAILABLE = """
			WITH RECURSIVE available AS MATERIALIZED (
			    SELECT v.name, v.trusted, v.requires, v.schema FROM pg_available_extension_versions v
			    JOIN pg_available_extensions a ON a.name = v.name AND a.default_version = v.version
			), needed (root, name) AS (
			    SELECT name, name FROM available WHERE name = ANY (?)
			    UNION SELECT n.root, r.name FROM needed n JOIN available a ON a.name = n.name, unnest(a.requires) r (name)
			)
			SELECT r.name, r.schema, coalesce(array_agg(n.name ORDER BY n.name = r.name DESC, n.name)
			    FILTER (WHERE NOT a.trusted AND NOT EXISTS (SELECT FROM pg_extension e WHERE e.extname = n.name)), '{}'),
			    coalesce(array_agg(n.name) FILTER (WHERE n.name <> r.name), '{}')
			FROM available r JOIN needed n ON n.root = r.name JOIN available a ON a.name = n.name
			GROUP BY r.name, r.schema""";

	private final Connection connection;

	ExtensionQuery(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Each that is there, followed by those that it needs.
	 */
	Map<String, List<Installed>> installed(Collection<String> names) throws SQLException {
		Map<String, List<Installed>> installed = new LinkedHashMap<>();
		try (PreparedStatement statement = this.connection.prepareStatement(INSTALLED)) {
			statement.setArray(1, this.connection.createArrayOf("text", names.stream().distinct().toArray()));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					installed.computeIfAbsent(row.getString(1), (root) -> new ArrayList<>())
						.add(new Installed(row.getString(2), row.getString(3), row.getBoolean(4)));
				}
			}
		}
		return installed;
	}

	/**
	 * The names of those that lie in some schemas.
	 */
	List<String> in(Collection<SchemaName> schemas) throws SQLException {
		List<String> names = new ArrayList<>();
		try (PreparedStatement statement = this.connection
			.prepareStatement("SELECT extname FROM pg_extension JOIN pg_namespace n"
					+ " ON n.oid = extnamespace WHERE nspname = ANY (?) ORDER BY extname")) {
			statement.setArray(1, HistoryQuery.names(this.connection, schemas));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					names.add(row.getString(1));
				}
			}
		}
		return names;
	}

	/**
	 * Each of these that the server has.
	 */
	Map<String, Available> available(Collection<String> names) throws SQLException {
		Map<String, Available> available = new LinkedHashMap<>();
		try (PreparedStatement statement = this.connection.prepareStatement(AVAILABLE)) {
			statement.setArray(1, this.connection.createArrayOf("text", names.toArray()));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					available.put(row.getString(1),
							new Available(row.getString(2), texts(row.getArray(3)), texts(row.getArray(4))));
				}
			}
		}
		return available;
	}

	private static List<String> texts(Array array) throws SQLException {
		return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
	}

	/**
	 * An extension of this database.
	 *
	 * @param name its name
	 * @param schema where it lies
	 * @param movable whether it can be moved to another schema
	 */
	record Installed(String name, String schema, boolean movable) {

	}

	/**
	 * An extension that the server has.
	 *
	 * @param schema the schema that it insists on; {@code null} if it has no such wish
	 * @param untrusted what it would bring that a superuser alone may create, it itself
	 * among them
	 * @param needed the names of those that it needs
	 */
	record Available(@Nullable String schema, List<String> untrusted, List<String> needed) {

	}

}
