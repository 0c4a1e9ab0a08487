package dev.skein.migration;

import java.util.List;

import dev.skein.catalog.Version;
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

	/**
	 * What files were applied for and still holds, in the order of installation.
	 * @return the rows, of versioned and of repeatable migrations
	 */
	public List<AppliedMigration> applied() {
		return new HistoryRows(this).fromFiles();
	}

	/**
	 * The version up to which the schema was there already when it was taken over.
	 * @return the version; {@code null} if the history began with its first file
	 */
	public @Nullable Version baseline() {
		return new HistoryRows(this).baseline();
	}

}
