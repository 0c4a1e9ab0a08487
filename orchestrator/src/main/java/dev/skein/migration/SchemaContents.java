package dev.skein.migration;

import java.util.SortedSet;

/**
 * What lies in the services' schemas, histories and the contents of extensions left out.
 *
 * @param tables ordinary and partitioned tables; partitions count with their parent
 * @param invalidIndexes indexes that PostgreSQL does not use, left by a build that was
 * interrupted, with their schema
 * @see <a href=
 * "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY">PostgreSQL:
 * building indexes concurrently</a>
 */
public record SchemaContents(SortedSet<TableName> tables, SortedSet<String> invalidIndexes) {

}
