package dev.skein.catalog;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A manifest and the files beside it, read but not understood yet.
 *
 * @param folder where it lies; {@code null} if it is packed
 * @param manifest the path of the manifest, as a report names it
 * @param content what the manifest says, as bytes
 * @param migrations what lies in its {@code migrations} folder, by name, and in the
 * folders in there
 * @param seeds what lies in its {@code seeds} folder, and in the folders in there
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ServiceFolder(@Nullable Path folder, String manifest, byte[] content, List<Entry> migrations,
		List<Entry> seeds) {

	/**
	 * The same, as if it were packed.
	 */
	ServiceFolder packed() {
		return new ServiceFolder(null, this.manifest, this.content, this.migrations, this.seeds);
	}

	/**
	 * Something in one of the folders.
	 *
	 * @param path its path, as a report names it
	 * @param within its path from the service's folder
	 * @param content its bytes; empty for a folder and for a large file
	 * @param folder whether it is a folder and not a file
	 * @param large where a large file is read from; {@code null} for any other
	 */
	@SuppressWarnings("ArrayRecordComponent") // never compared
	record Entry(String path, String within, byte[] content, boolean folder, @Nullable FileContent large) {

		String name() {
			return this.within.substring(this.within.lastIndexOf('/') + 1);
		}

		/**
		 * Its path within the folder of migrations.
		 */
		String inMigrations() {
			return this.within.substring(this.within.indexOf('/') + 1);
		}

		/**
		 * Whether it lies in a folder of that folder.
		 */
		boolean isNested() {
			return inMigrations().contains("/");
		}

		/**
		 * Whether it may lie beside what counts without being that.
		 */
		boolean isAside() {
			return name().startsWith(".") || name().equals("README.md");
		}

	}

}
