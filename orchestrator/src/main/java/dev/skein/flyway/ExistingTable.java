package dev.skein.flyway;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.skein.catalog.SchemaName;
import org.jspecify.annotations.Nullable;

/**
 * Says how a table that exists already differs from the one that a statement would
 * create. The statement is run in a schema of its own, in a transaction that is rolled
 * back.
 */
final class ExistingTable {

	private static final Pattern CREATE_TABLE = Pattern.compile(
			"(\\s|--[^\\n]*\\n|/\\*.*?\\*/)*CREATE\\s+(UNLOGGED\\s+)?TABLE\\s.*",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	private static final String SCRATCH = "skein_comparison_";

	private static final String DIFFERENCES = """
			WITH columns AS (
			    SELECT n.nspname = '%1$s' AS wanted, c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
			        || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
			        || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') AS definition
			    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
			    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
			    WHERE c.relkind IN ('r', 'p') AND (n.nspname = '%1$s' OR n.nspname = '%2$s' AND c.relname IN (
			        SELECT relname FROM pg_class WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = '%1$s'))))
			SELECT attname, e.definition, w.definition, EXISTS (SELECT FROM columns WHERE NOT wanted)
			FROM (SELECT * FROM columns WHERE NOT wanted) e
			FULL JOIN (SELECT * FROM columns WHERE wanted) w USING (attname)
			WHERE e.definition IS DISTINCT FROM w.definition ORDER BY 1""";

	private ExistingTable() {
	}

	/**
	 * The differences, as the end of a hint.
	 * @param source opens the session that makes the scratch schema, which a service's
	 * own role may not
	 * @param connection a connection without a transaction, as which the file ran
	 * @param schema the schema of the table
	 * @param statement the statement that found it
	 * @return one sentence; {@code null} if the statement creates no table, or cannot be
	 * run a second time
	 */
	static @Nullable String differences(SessionSource source, Connection connection, SchemaName schema,
			String statement) {
		if (!CREATE_TABLE.matcher(statement).matches()) {
			return null;
		}
		String scratch = SCRATCH + schema.value();
		String name = '"' + scratch.replace("\"", "\"\"") + '"';
		try (Connection own = source.own(); Statement making = own.createStatement()) {
			making.execute("CREATE SCHEMA " + name + " AUTHORIZATION \""
					+ connection.getMetaData().getUserName().replace("\"", "\"\"") + '"');
			try {
				return compare(connection, scratch, name, schema, statement);
			}
			finally {
				making.execute("DROP SCHEMA " + name + " CASCADE");
			}
		}
		catch (SQLException ex) {
			return null;
		}
	}

	private static String compare(Connection connection, String scratch, String name, SchemaName schema,
			String statement) throws SQLException {
		connection.setAutoCommit(false);
		try (Statement running = connection.createStatement()) {
			running.execute("SET LOCAL search_path = " + name + ", " + schema.quoted() + ", extensions");
			running.execute(statement);
			return sentence(running
				.executeQuery(DIFFERENCES.formatted(scratch.replace("'", "''"), schema.value().replace("'", "''"))));
		}
		finally {
			connection.rollback();
			connection.setAutoCommit(true);
		}
	}

	private static String sentence(ResultSet row) throws SQLException {
		List<String> differences = new ArrayList<>();
		boolean exists = false;
		while (row.next()) {
			exists |= row.getBoolean(4);
			String column = "column \"" + row.getString(1) + "\" ";
			if (row.getString(2) == null) {
				differences.add(column + "is missing");
			}
			else if (row.getString(3) == null) {
				differences.add(column + "is not in the file");
			}
			else {
				differences.add(column + "is " + row.getString(2) + ", the file says " + row.getString(3));
			}
		}
		if (!differences.isEmpty() && !exists) {
			return "the rollback took it away again, so the file itself creates it twice";
		}
		return differences.isEmpty() ? "its columns are those that the file would create"
				: "it differs from what the file would create: " + String.join(", ", differences);
	}

}
