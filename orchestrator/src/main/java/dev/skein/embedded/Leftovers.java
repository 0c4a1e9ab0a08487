package dev.skein.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.skein.catalog.FolderTree;

/**
 * Removes what an interrupted first start left behind. Whoever calls this is alone in the
 * folder.
 */
final class Leftovers {

	/** What gets another name once it is complete. */
	static final String UNPACKING = "unpacking-";

	static final String CREATING = "creating-";

	private Leftovers() {
	}

	static void remove(Path home) throws IOException {
		try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(home,
				"{" + UNPACKING + "," + CREATING + "}*")) {
			for (Path folder : unfinished) {
				FolderTree.delete(folder);
			}
		}
	}

}
