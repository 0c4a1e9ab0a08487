package dev.skein.migration;

import dev.skein.catalog.SchemaName;

/**
 * A table with its schema.
 *
 * @param schema the schema
 * @param table the table's name, not quoted
 */
public record TableName(SchemaName schema, String table) implements Comparable<TableName> {

	@Override
	public int compareTo(TableName other) {
		int difference = this.schema.compareTo(other.schema);
		return (difference != 0) ? difference : this.table.compareTo(other.table);
	}

	@Override
	public String toString() {
		return this.schema + "." + this.table;
	}

}
