package dev.skein.migration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the database says about one service's schema.
 *
 * @param access who owns the schema and may use it; {@code null} if it is not there
 * @param rows its schema history in the order of installation; empty if there is no
 * history table
 */
public record SchemaHistory(@Nullable SchemaAccess access, List<AppliedMigration> rows) {

	/**
	 * The history of a schema that does not exist.
	 */
	public static final SchemaHistory NONE = new SchemaHistory(null, List.of());

	public SchemaHistory {
		rows = List.copyOf(rows);
	}

}
