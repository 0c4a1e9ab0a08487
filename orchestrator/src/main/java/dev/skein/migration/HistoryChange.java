package dev.skein.migration;

import java.util.Objects;

import dev.skein.catalog.Migration;
import org.jspecify.annotations.Nullable;

/**
 * One change to a history that makes it agree with the files again, as Flyway's repair
 * would make it.
 *
 * @param action what is done
 * @param row the row that disagrees
 * @param file the file that it shall agree with; {@code null} where there is none to
 * agree with
 */
public record HistoryChange(Action action, AppliedMigration row, @Nullable Migration file) {

	/** As much of a description as a history keeps. */
	private static final int LONGEST_DESCRIPTION = 200;

	/**
	 * What can be done to a row.
	 */
	public enum Action {

		/** It takes the checksum of the file. */
		CHECKSUM("checksum"),
		/** It takes the name of the file. */
		DESCRIPTION("description"),
		/** A further row says that its file was deleted. */
		DELETED("deleted"),
		/** It is removed: its file failed outside a transaction. */
		FAILED_REMOVED("failed-removed"),
		/**
		 * It loses its checksum: what it depends on is undone, so the next run applies
		 * the file again.
		 */
		OUTDATED("outdated");

		private final String label;

		Action(String label) {
			this.label = label;
		}

		/**
		 * The action's name in reports.
		 * @return the name
		 */
		public String label() {
			return this.label;
		}

	}

	/**
	 * What the history says now.
	 * @return a checksum, a file's name, or a word
	 */
	public String before() {
		return switch (this.action) {
			case CHECKSUM -> String.valueOf(this.row.checksum());
			case DESCRIPTION -> this.row.script();
			case DELETED -> "applied";
			case FAILED_REMOVED -> "failed";
			case OUTDATED -> "applied";
		};
	}

	/**
	 * What it will say.
	 * @return a checksum, a file's name, or a word; {@code null} where the row is gone
	 */
	public @Nullable String after() {
		return switch (this.action) {
			case CHECKSUM -> String.valueOf(theFile().script().checksum());
			case DESCRIPTION -> theFile().script().name();
			case DELETED -> "deleted";
			case FAILED_REMOVED -> null;
			case OUTDATED -> "pending";
		};
	}

	/**
	 * The file that the row shall agree with, where the action has one.
	 * @return the file
	 */
	public Migration theFile() {
		return Objects.requireNonNull(this.file);
	}

	/**
	 * A file's description as Flyway records it.
	 * @param file the file
	 * @return its description, shortened to what a history can hold
	 */
	public static String recordedDescription(Migration file) {
		String description = file.description();
		return (description.length() <= LONGEST_DESCRIPTION) ? description
				: description.substring(0, LONGEST_DESCRIPTION - 3) + "...";
	}

}
