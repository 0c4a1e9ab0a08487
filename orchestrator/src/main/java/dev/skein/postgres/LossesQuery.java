package dev.skein.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.Losses;

/**
 * Finds what would be lost with some schemas and {@code public}: what lies in them, and
 * what elsewhere depends on it, which {@code CASCADE} drops without asking.
 */
final class LossesQuery {

	/**
	 * Rows are the larger of the planner's estimate, which is -1 before the first
	 * ANALYZE, and the statistics' count.
	 */
	private static final String LOSSES = """
			SELECT s.nspname, count(t.relname), coalesce(sum(t.rows), 0)
			FROM pg_namespace s LEFT JOIN (%s) t ON t.nspname = s.nspname
			WHERE s.nspname = ANY (?)
			GROUP BY s.nspname ORDER BY s.nspname""".formatted(ContentsQuery.TABLES);

	/**
	 * An object is in a schema if it depends on it. The first part of the address of a
	 * dependent object is the schema that it, or its table, is in.
	 */
	private static final String ELSEWHERE = """
			SELECT DISTINCT pg_describe_object(d.classid, d.objid, d.objsubid)
			FROM pg_depend d JOIN pg_depend o ON o.classid = d.refclassid AND o.objid = d.refobjid
			    AND o.refclassid = 'pg_namespace'::regclass
			JOIN pg_namespace n ON n.oid = o.refobjid AND n.nspname = ANY (?),
			LATERAL pg_identify_object_as_address(d.classid, d.objid, d.objsubid) a
			WHERE d.deptype IN ('n', 'a') AND a.object_names[1] <> ALL (?)
			    AND EXISTS (SELECT FROM pg_namespace s WHERE s.nspname = a.object_names[1])
			""";

	/** Foreign keys and triggers are made again where schemas are only replaced. */
	private static final String NOT_MADE_AGAIN = """
			AND d.classid <> 'pg_trigger'::regclass AND NOT (d.classid = 'pg_constraint'::regclass
			    AND EXISTS (SELECT FROM pg_constraint c WHERE c.oid = d.objid AND c.contype = 'f'))
			""";

	private static final String ORDER = " ORDER BY 1";

	private LossesQuery() {
	}

	static Losses read(Connection connection, Collection<SchemaName> schemas) throws SQLException {
		List<String> names = new ArrayList<>(schemas.stream().map(SchemaName::value).toList());
		names.add(SchemaName.PUBLIC.value());
		return read(connection, names, ELSEWHERE + ORDER);
	}

	/**
	 * What would be lost with one schema alone.
	 */
	static Losses of(Connection connection, SchemaName schema) throws SQLException {
		return read(connection, List.of(schema.value()), ELSEWHERE + ORDER);
	}

	/**
	 * What would be lost if schemas were replaced by older ones.
	 */
	static Losses replaced(Connection connection, Collection<SchemaName> schemas) throws SQLException {
		return read(connection, schemas.stream().map(SchemaName::value).toList(), ELSEWHERE + NOT_MADE_AGAIN + ORDER);
	}

	private static Losses read(Connection connection, List<String> names, String dependents) throws SQLException {
		Array array = connection.createArrayOf("text", names.toArray());
		List<Losses.Loss> losses = new ArrayList<>();
		try (PreparedStatement statement = prepare(connection, LOSSES, array);
				ResultSet row = statement.executeQuery()) {
			while (row.next()) {
				losses.add(new Losses.Loss(row.getString(1), row.getInt(2), row.getLong(3)));
			}
		}
		return new Losses(losses, elsewhere(connection, dependents, array));
	}

	/**
	 * What elsewhere depends on some schemas, whatever it is.
	 */
	static List<String> dependents(Connection connection, Collection<SchemaName> schemas) throws SQLException {
		return elsewhere(connection, ELSEWHERE + ORDER, HistoryQuery.names(connection, schemas));
	}

	private static List<String> elsewhere(Connection connection, String dependents, Array names) throws SQLException {
		List<String> elsewhere = new ArrayList<>();
		try (PreparedStatement statement = prepare(connection, dependents, names);
				ResultSet row = statement.executeQuery()) {
			while (row.next()) {
				elsewhere.add(row.getString(1));
			}
		}
		return elsewhere;
	}

	private static PreparedStatement prepare(Connection connection, String sql, Array names) throws SQLException {
		PreparedStatement statement = connection.prepareStatement(sql);
		statement.setArray(1, names);
		statement.setArray(2, names);
		return statement;
	}

}
