package dev.skein.migration;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What lies in the services' schemas, histories and the contents of extensions left out.
 *
 * @param tables ordinary and partitioned tables; partitions count with their parent
 * @param partitions the partitions of such tables
 * @param invalidIndexes indexes that PostgreSQL does not use, left by a build that was
 * interrupted, with their schema
 * @param outside tables in {@code public} and in schemas that belong to no service
 * @see <a href=
 * "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY">PostgreSQL:
 * building indexes concurrently</a>
 */
public record SchemaContents(SortedSet<TableName> tables, SortedSet<TableName> partitions,
		SortedSet<String> invalidIndexes, SortedSet<TableName> outside) {

	/**
	 * The same with other tables outside.
	 * @param tables the tables
	 * @return the contents
	 */
	public SchemaContents withOutside(SortedSet<TableName> tables) {
		return new SchemaContents(this.tables, this.partitions, this.invalidIndexes, tables);
	}

	/**
	 * The same without the tables outside that lie in some schemas.
	 * @param schemas the schemas of services that these contents are not about
	 * @return the contents
	 */
	public SchemaContents withoutOutside(Collection<String> schemas) {
		SortedSet<TableName> others = new TreeSet<>(this.outside);
		others.removeIf((table) -> schemas.contains(table.schema().value()));
		return withOutside(others);
	}

}
