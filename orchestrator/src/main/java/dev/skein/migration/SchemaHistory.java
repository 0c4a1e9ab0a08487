package dev.skein.migration;

import java.util.List;
import java.util.Objects;

import dev.skein.catalog.Migration;
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
	 * Whether a file has a row.
	 * @param script the name of the file, as Flyway records it
	 * @return {@code true} if one row names it
	 */
	public boolean has(String script) {
		return this.rows.stream().anyMatch((row) -> script.equals(row.script()));
	}

	/**
	 * The version up to which the schema was there already when it was taken over.
	 * @return the version; {@code null} if the history began with its first file
	 */
	public @Nullable Version baseline() {
		return new HistoryRows(this).baseline();
	}

	/**
	 * Of some files those that are not applied: a version without a row and above the
	 * baseline, a repeatable one with another checksum than when it was applied last.
	 * @param files the files
	 * @return those, in their order
	 */
	public List<Migration> lacking(List<Migration> files) {
		HistoryRows known = new HistoryRows(this);
		return files.stream().filter((file) -> {
			Version version = file.version();
			if (version != null) {
				return known.version(version) == null && !known.isBelowBaseline(version);
			}
			AppliedMigration row = known.repeatable(HistoryChange.recordedDescription(file));
			return row == null || !Objects.equals(row.checksum(), file.script().checksum());
		}).toList();
	}

}
