package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.SchemaNeeds;

/**
 * Reads the order of a schema's columns, and what its objects depend on in other schemas.
 */
final class SchemaNeedsQuery {

	private static final String COLUMNS = """
			SELECT format('column %I.%I.%I', n.nspname, c.relname, a.attname)
			FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'f', 'c')
			JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
			WHERE n.nspname = ?
			ORDER BY c.oid, a.attnum""";

	/**
	 * Keys, rules of views, triggers, defaults and policies lie in no schema, but their
	 * tables do. PostgreSQL keeps no dependencies on its own objects.
	 */
	private static final String NEEDS = """
			WITH ours AS (
			    SELECT oid FROM pg_namespace WHERE nspname = ?
			), relation AS (
			    SELECT oid FROM pg_class WHERE relnamespace = (SELECT oid FROM ours) AND relname <> 'flyway_schema_history'
			), object (classid, objid) AS (
			    SELECT 'pg_class'::regclass, oid FROM relation
			    UNION ALL SELECT 'pg_proc'::regclass, oid FROM pg_proc WHERE pronamespace = (SELECT oid FROM ours)
			    UNION ALL SELECT 'pg_type'::regclass, oid FROM pg_type WHERE typnamespace = (SELECT oid FROM ours)
			    UNION ALL SELECT 'pg_operator'::regclass, oid FROM pg_operator WHERE oprnamespace = (SELECT oid FROM ours)
			    UNION ALL SELECT 'pg_opclass'::regclass, oid FROM pg_opclass WHERE opcnamespace = (SELECT oid FROM ours)
			    UNION ALL SELECT 'pg_ts_config'::regclass, oid FROM pg_ts_config WHERE cfgnamespace = (SELECT oid FROM ours)
			    UNION ALL SELECT 'pg_ts_dict'::regclass, oid FROM pg_ts_dict WHERE dictnamespace = (SELECT oid FROM ours)
			    UNION ALL SELECT 'pg_constraint'::regclass, oid FROM pg_constraint WHERE connamespace = (SELECT oid FROM ours)
			    UNION ALL SELECT 'pg_rewrite'::regclass, oid FROM pg_rewrite WHERE ev_class IN (SELECT oid FROM relation)
			    UNION ALL SELECT 'pg_trigger'::regclass, oid FROM pg_trigger WHERE tgrelid IN (SELECT oid FROM relation)
			    UNION ALL SELECT 'pg_attrdef'::regclass, oid FROM pg_attrdef WHERE adrelid IN (SELECT oid FROM relation)
			    UNION ALL SELECT 'pg_policy'::regclass, oid FROM pg_policy WHERE polrelid IN (SELECT oid FROM relation)
			)
			SELECT DISTINCT needed.schema, x.extname, e.nspname
			FROM object o
			JOIN pg_depend d ON d.classid = o.classid AND d.objid = o.objid AND d.deptype <> 'e'
			CROSS JOIN LATERAL pg_identify_object(d.refclassid, d.refobjid, 0) needed
			LEFT JOIN pg_depend m ON m.classid = d.refclassid AND m.objid = d.refobjid AND m.deptype = 'e'
			    AND m.refclassid = 'pg_extension'::regclass
			LEFT JOIN pg_extension x ON x.oid = m.refobjid
			LEFT JOIN pg_namespace e ON e.oid = x.extnamespace
			WHERE needed.schema IS NOT NULL AND needed.schema NOT IN ('pg_catalog', 'information_schema', 'pg_toast', ?)
			ORDER BY 1, 2""";

	private SchemaNeedsQuery() {
	}

	static SchemaNeeds read(Connection connection, SchemaName schema) throws SQLException {
		List<String> schemas = new ArrayList<>();
		Map<String, String> extensions = new TreeMap<>();
		try (PreparedStatement query = connection.prepareStatement(NEEDS)) {
			query.setString(1, schema.value());
			query.setString(2, schema.value());
			try (ResultSet row = query.executeQuery()) {
				while (row.next()) {
					if (row.getString(2) != null) {
						extensions.put(row.getString(2), row.getString(3));
					}
					else {
						schemas.add(row.getString(1));
					}
				}
			}
		}
		// Arrays of an extension's types are no members of it.
		schemas.removeAll(extensions.values());
		return new SchemaNeeds(columns(connection, schema), schemas, extensions);
	}

	private static List<String> columns(Connection connection, SchemaName schema) throws SQLException {
		List<String> columns = new ArrayList<>();
		try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
			query.setString(1, schema.value());
			try (ResultSet row = query.executeQuery()) {
				while (row.next()) {
					columns.add(row.getString(1));
				}
			}
		}
		return columns;
	}

}
