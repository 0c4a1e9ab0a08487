package dev.skein.migration;

import java.util.Objects;

import dev.skein.catalog.SchemaName;
import org.jspecify.annotations.Nullable;

/**
 * An object in which two snapshots differ.
 *
 * @param schema the schema that it lies in
 * @param before the object in the earlier one; {@code null} if it is not there
 * @param after the object in the later one; {@code null} if it is not there
 */
public record SnapshotDifference(SchemaName schema, @Nullable CatalogObject before, @Nullable CatalogObject after) {

	/**
	 * What became of an object.
	 */
	public enum Change {

		/** Only the later snapshot has it. */
		ADDED("added"),
		/** Only the earlier snapshot has it. */
		REMOVED("removed"),
		/** Both have it, with different definitions. */
		CHANGED("changed");

		private final String label;

		Change(String label) {
			this.label = label;
		}

		/**
		 * The change's name in reports.
		 * @return the name
		 */
		public String label() {
			return this.label;
		}

	}

	/**
	 * What became of the object.
	 * @return the change
	 */
	public Change change() {
		if (this.before == null) {
			return Change.ADDED;
		}
		return (this.after == null) ? Change.REMOVED : Change.CHANGED;
	}

	/**
	 * The object's kind and whole name.
	 * @return the name
	 */
	public String name() {
		return either().name();
	}

	/**
	 * The object that it comes and goes with.
	 * @return the name, or {@code null} if it stands alone
	 */
	public @Nullable String partOf() {
		return either().partOf();
	}

	/**
	 * What became of which object.
	 * @return both in few words
	 */
	public String describe() {
		return change().label() + " " + name();
	}

	private CatalogObject either() {
		return Objects.requireNonNull((this.after != null) ? this.after : this.before);
	}

}
