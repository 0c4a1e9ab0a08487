package dev.skein.flyway;

import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.Notice;
import dev.skein.migration.RunListener;

/**
 * What a file is run for, and how the history changes with it.
 */
sealed interface ScriptTask permits MigrationTask, UndoTask, SeedTask {

	/**
	 * The file.
	 */
	Migration script();

	AttemptKind kind();

	/**
	 * What is to be told of statements that are left out, since what they make is there.
	 */
	default List<Notice> accepted() {
		return List.of();
	}

	/**
	 * The change of the history that belongs to the file's transaction.
	 * @param millis how long the file ran
	 * @return a statement that changes one row, and returns its number; empty for none
	 */
	default String historyChange(long millis) {
		return "";
	}

	/**
	 * Takes note of that row.
	 * @param number its number; 0 if no row was changed
	 */
	default void changed(int number) {
	}

	/**
	 * What is kept in the history of a failure outside a transaction.
	 * @param millis how long the file ran
	 * @return a statement; empty for none
	 */
	default String failureRow(long millis) {
		return "";
	}

	/**
	 * Tells that the file is committed.
	 */
	void tell(RunListener listener, AppliedFile file);

}
