package dev.skein.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.SchemaContents;
import dev.skein.migration.TableName;

/**
 * Reads from the system catalogs what lies in some schemas.
 */
final class ContentsQuery {

	static final String TABLES = """
			SELECT n.nspname, c.relname, 'table' AS kind,
			    greatest(c.reltuples::bigint, pg_stat_get_live_tuples(c.oid)) AS rows
			FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = ANY (?) AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> '%s'
			AND NOT EXISTS (SELECT FROM pg_depend d
			    WHERE d.classid = 'pg_catalog.pg_class'::regclass::oid AND d.objid = c.oid AND d.deptype = 'e')"""
		.formatted(HistoryQuery.TABLE);

	/** An index is invalid while it is built, too: those in progress are not counted. */
	private static final String INVALID_INDEXES = """
			SELECT n.nspname, c.relname, 'invalid index' AS kind, 0 AS rows
			FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = ANY (?) AND c.relkind = 'i' AND NOT i.indisvalid
			AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = c.oid)""";

	private static final String PARTITIONS = """
			SELECT n.nspname, c.relname, 'partition' AS kind, 0 AS rows
			FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = ANY (?) AND c.relkind IN ('r', 'p') AND c.relispartition""";

	/** How often the names of the schemas are given to that. */
	static final int SCHEMAS_IN_ALL = 3;

	/** Tables, invalid indexes and partitions. */
	static final String ALL = String.join(" UNION ALL ", TABLES, INVALID_INDEXES, PARTITIONS);

	private static final String INVALID_INDEXES_OF_ONE = """
			SELECT c.relname, t.relname
			FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
			JOIN pg_class t ON t.oid = i.indrelid
			WHERE n.nspname = ? AND c.relkind = 'i' AND NOT i.indisvalid
			AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = c.oid)""";

	private ContentsQuery() {
	}

	static SchemaContents read(Connection connection, Collection<SchemaName> schemas) throws SQLException {
		Array names = HistoryQuery.names(connection, schemas);
		SchemaContents contents;
		try (PreparedStatement statement = connection.prepareStatement(ALL + ";\n" + OutsideQuery.NAMES)) {
			for (int i = 1; i <= SCHEMAS_IN_ALL + 1; i++) {
				statement.setArray(i, names);
			}
			statement.execute();
			try (ResultSet rows = statement.getResultSet()) {
				contents = contents(rows);
			}
			statement.getMoreResults();
			try (ResultSet rows = statement.getResultSet()) {
				contents = contents.withOutside(OutsideQuery.names(rows));
			}
		}
		return contents.outside().isEmpty() ? contents
				: contents.withoutOutside(LedgerServices.read(connection).values());
	}

	static SchemaContents contents(ResultSet row) throws SQLException {
		TreeSet<TableName> tables = new TreeSet<>();
		TreeSet<TableName> partitions = new TreeSet<>();
		TreeSet<String> invalid = new TreeSet<>();
		while (row.next()) {
			TableName name = new TableName(new SchemaName(row.getString(1)), row.getString(2));
			switch (row.getString(3)) {
				case "table" -> tables.add(name);
				case "partition" -> partitions.add(name);
				default -> invalid.add(name.toString());
			}
		}
		return new SchemaContents(tables, partitions, invalid, new TreeSet<>());
	}

	static Map<TableName, Long> rows(Connection connection, Collection<SchemaName> schemas) throws SQLException {
		Map<TableName, Long> rows = new HashMap<>();
		try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
			statement.setArray(1, HistoryQuery.names(connection, schemas));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					rows.put(new TableName(new SchemaName(row.getString(1)), row.getString(2)),
							Math.max(0, row.getLong(4)));
				}
			}
		}
		return rows;
	}

	/**
	 * The invalid indexes of one schema that nobody builds any more.
	 */
	static List<IndexName> invalidIndexes(Connection connection, SchemaName schema) throws SQLException {
		List<IndexName> indexes = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(INVALID_INDEXES_OF_ONE)) {
			statement.setString(1, schema.value());
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					indexes.add(new IndexName(row.getString(1), row.getString(2)));
				}
			}
		}
		return indexes;
	}

	/**
	 * An index and its table, without their schema.
	 */
	record IndexName(String name, String table) {

	}

}
