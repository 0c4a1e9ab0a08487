package dev.skein.migration;

import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a migration or its undo script, as a trial found it.
 *
 * @param kind what
 * @param service the service
 * @param migration the migration
 * @param undo its undo script; {@code null} if it has none
 * @param differences how the schema differs from what it should be; empty for failures
 * @param error why a file failed; {@code null} if none did
 */
public record UndoFinding(Kind kind, ServiceDefinition service, Migration migration, @Nullable Migration undo,
		List<SnapshotDifference> differences, @Nullable MigrationError error) {

	/**
	 * What a trial finds.
	 */
	public enum Kind {

		/** The migration itself cannot be applied, so nothing of it was tried. */
		MIGRATION_FAILED("migration-failed"),
		/** There is no undo script. */
		UNDO_MISSING("undo-missing"),
		/** The undo script failed. */
		UNDO_FAILED("undo-failed"),
		/** The schema is not as it was before the migration. */
		NOT_UNDONE("not-undone"),
		/** The migration cannot be applied again. */
		AGAIN_FAILED("again-failed"),
		/** Applied again, the migration makes something else. */
		AGAIN_DIFFERENT("again-different");

		private final String label;

		Kind(String label) {
			this.label = label;
		}

		/**
		 * The kind's name in reports.
		 * @return the name
		 */
		public String label() {
			return this.label;
		}

	}

	public UndoFinding {
		differences = List.copyOf(differences);
	}

}
