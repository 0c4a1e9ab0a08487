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

	/** What the description of a history holds. */
	private static final int LONGEST = 200;

	/**
	 * What the history of a service says that begins with this record.
	 */
	String source() {
		String text = "from " + this.table + " of " + this.tool.label();
		return text.substring(0, Math.min(text.length(), LONGEST));
	}

	public ToolRecord {
		rows = List.copyOf(rows);
	}

}
