package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import dev.skein.catalog.SchemaName;
import dev.skein.migration.OutsideTable;
import dev.skein.migration.TableName;

/**
 * Finds tables in {@code public} and in schemas that belong to no service.
 */
final class OutsideQuery {

	/**
	 * A schema belongs to a service if it is one of those given, if the role of a service
	 * owns it, or if it has a history: several catalogs may share a database.
	 */
	private static final String FROM = """
			FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> '%s'
			AND n.nspname <> ALL (?) AND n.nspname NOT IN ('information_schema', 'skein', 'extensions')
			AND n.nspname !~ '^pg_' AND btrim(n.nspname) <> '' AND pg_get_userbyid(n.nspowner) <> 'skein_' || n.nspname
			AND (n.nspname = 'public' OR NOT EXISTS (SELECT FROM pg_class h WHERE h.relnamespace = n.oid
			    AND h.relname = '%1$s'))
			AND NOT EXISTS (SELECT FROM pg_depend d
			    WHERE d.classid = 'pg_catalog.pg_class'::regclass::oid AND d.objid = c.oid AND d.deptype = 'e')"""
		.formatted(HistoryQuery.TABLE);

	/** The names of the tables. */
	static final String NAMES = "SELECT n.nspname, c.relname " + FROM;

	private static final String SIZES = """
			SELECT n.nspname, c.relname, greatest(c.reltuples::bigint, pg_stat_get_live_tuples(c.oid), 0),
			    pg_total_relation_size(c.oid) + coalesce((SELECT sum(pg_total_relation_size(t.relid))
			        FROM pg_partition_tree(c.oid) t WHERE t.relid <> c.oid), 0)
			""" + FROM + " ORDER BY 1, 2";

	private OutsideQuery() {
	}

	static SortedSet<TableName> names(ResultSet row) throws SQLException {
		SortedSet<TableName> names = new TreeSet<>();
		while (row.next()) {
			names.add(new TableName(new SchemaName(row.getString(1)), row.getString(2)));
		}
		return names;
	}

	/**
	 * The tables with their rows and sizes.
	 * @param schemas the schemas of services
	 */
	static List<OutsideTable> sizes(Connection connection, Collection<SchemaName> schemas) throws SQLException {
		Collection<String> known = LedgerServices.read(connection).values();
		List<OutsideTable> tables = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(SIZES)) {
			statement.setArray(1, HistoryQuery.names(connection, schemas));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					if (!known.contains(row.getString(1))) {
						tables.add(new OutsideTable(new TableName(new SchemaName(row.getString(1)), row.getString(2)),
								row.getLong(3), row.getLong(4)));
					}
				}
			}
		}
		return tables;
	}

}
