package dev.skein.scaffold;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A new service that can be: nothing in it is illegal, or taken by another.
 *
 * @param name its name
 * @param schema its schema
 * @param description what it is for; may be empty
 * @param table its first table
 * @param requires what it requires
 * @param touch the function that sets updated_at, as SQL calls it; {@code null} where the
 * platform has none
 */
record ServiceDraft(String name, String schema, String description, String table, List<String> requires,
		@Nullable String touch) {

	/**
	 * The first table as SQL takes it.
	 */
	String quotedTable() {
		return ReservedWord.isOne(this.table) ? '"' + this.table + '"' : this.table;
	}

}
