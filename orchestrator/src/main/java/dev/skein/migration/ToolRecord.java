package dev.skein.migration;

import java.util.List;

/**
 * What another tool wrote down about a schema.
 *
 * @param tool the tool
 * @param table its table, with its schema
 * @param rows what it has applied, as it is written there, in that order
 * @param failed the row at which it failed and stopped; empty if it did not
 */
public record ToolRecord(MigrationTool tool, String table, List<String> rows, String failed) {

	public ToolRecord {
		rows = List.copyOf(rows);
	}

}
