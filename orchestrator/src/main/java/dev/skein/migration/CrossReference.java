package dev.skein.migration;

import dev.skein.catalog.SchemaName;

/**
 * A foreign key from one schema to another.
 *
 * @param by the schema of the key's table
 * @param of the schema that it refers to
 * @param key the key's name and its table, as SQL names them
 */
public record CrossReference(SchemaName by, SchemaName of, String key) {

}
