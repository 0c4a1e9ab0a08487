package dev.skein.migration;

/**
 * A table of a service with its size.
 *
 * @param name the table
 * @param rows how many rows it has, with those of its partitions, by PostgreSQL's
 * estimate
 * @param bytes how much room it takes on disk with its indexes and partitions, in bytes
 */
public record TableSize(TableName name, long rows, long bytes) {

}
