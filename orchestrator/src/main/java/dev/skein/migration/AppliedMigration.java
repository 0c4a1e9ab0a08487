package dev.skein.migration;

import java.time.LocalDateTime;

import dev.skein.catalog.Version;
import org.jspecify.annotations.Nullable;

/**
 * A row of a service's schema history.
 *
 * @param rank the order in which it was installed
 * @param version the version; {@code null} for a repeatable migration
 * @param description the description
 * @param type Flyway's type, such as {@code SQL} or {@code BASELINE}
 * @param script the file's name
 * @param checksum the file's checksum; {@code null} where Flyway records none
 * @param installedOn when it was applied, in the time zone of whoever wrote it
 * @param success whether it was; Flyway keeps a row of a failure only where the failed
 * file ran outside a transaction
 */
public record AppliedMigration(int rank, @Nullable Version version, String description, String type, String script,
		@Nullable Integer checksum, LocalDateTime installedOn, boolean success) {

	/** Flyway 13 calls its own {@code SQL_BASELINE} where a file is one. */
	boolean isBaseline() {
		return this.type.equals("BASELINE") || this.type.equals("SQL_BASELINE");
	}

	/**
	 * Whether the row says that a file, which an earlier row has, was deleted.
	 */
	boolean isDeletion() {
		return this.type.equals("DELETE");
	}

	boolean isFromFile() {
		return this.type.equals("SQL");
	}

}
