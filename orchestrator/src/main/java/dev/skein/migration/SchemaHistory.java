package dev.skein.migration;

import java.util.List;

/**
 * What the database says about one service's schema.
 *
 * @param schemaExists whether the schema is there
 * @param rows its schema history in the order of installation; empty if there is no
 * history table
 */
public record SchemaHistory(boolean schemaExists, List<AppliedMigration> rows) {

	/**
	 * The history of a schema that does not exist.
	 */
	public static final SchemaHistory NONE = new SchemaHistory(false, List.of());

	public SchemaHistory {
		rows = List.copyOf(rows);
	}

}
