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
			ORDER BY 1""";

	private LossesQuery() {
	}

	static Losses read(Connection connection, Collection<SchemaName> schemas) throws SQLException {
		List<String> names = new ArrayList<>(schemas.stream().map(SchemaName::value).toList());
		names.add(SchemaCleaning.PUBLIC);
		Array array = connection.createArrayOf("text", names.toArray());
		List<Losses.Loss> losses = new ArrayList<>();
		List<String> elsewhere = new ArrayList<>();
		try (PreparedStatement statement = prepare(connection, LOSSES, array);
				ResultSet row = statement.executeQuery()) {
			while (row.next()) {
				losses.add(new Losses.Loss(row.getString(1), row.getInt(2), row.getLong(3)));
			}
		}
		try (PreparedStatement statement = prepare(connection, ELSEWHERE, array);
				ResultSet row = statement.executeQuery()) {
			while (row.next()) {
				elsewhere.add(row.getString(1));
			}
		}
		return new Losses(losses, elsewhere);
	}

	private static PreparedStatement prepare(Connection connection, String sql, Array names) throws SQLException {
		PreparedStatement statement = connection.prepareStatement(sql);
		statement.setArray(1, names);
		statement.setArray(2, names);
		return statement;
	}

}
