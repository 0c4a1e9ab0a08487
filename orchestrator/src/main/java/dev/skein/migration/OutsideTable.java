package dev.skein.migration;

/**
 * A table in {@code public} or in a schema that belongs to no service.
 *
 * @param name the table
 * @param rows how many rows it has, by PostgreSQL's estimate
 * @param bytes how much room it takes with its indexes and partitions, in bytes
 */
public record OutsideTable(TableName name, long rows, long bytes) {

}
