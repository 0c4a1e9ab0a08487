package dev.skein.catalog;

import java.util.List;

/**
 * A manifest and the files beside it, read but not understood yet.
 *
 * @param manifest the path of the manifest, as a report names it
 * @param content what the manifest says, as bytes
 * @param migrations what lies in its {@code migrations} folder, by name
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ServiceFolder(String manifest, byte[] content, List<Entry> migrations) {

	/**
	 * Something in a migrations folder.
	 *
	 * @param path its path, as a report names it
	 * @param content its bytes; empty for a folder
	 * @param folder whether it is a folder and not a file
	 */
	@SuppressWarnings("ArrayRecordComponent") // never compared
	record Entry(String path, byte[] content, boolean folder) {

		String name() {
			return this.path.substring(this.path.lastIndexOf('/') + 1);
		}

	}

}
