package dev.skein.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Deletes a folder with all that is in it.
 */
public final class FolderTree {

	private FolderTree() {
	}

	/**
	 * Deletes a folder, or a file. Links are deleted, not followed.
	 * @param folder the folder; nothing is done if it is not there
	 * @throws IOException if something in it cannot be deleted; what was deleted before
	 * stays deleted
	 */
	public static void delete(Path folder) throws IOException {
		if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
			return;
		}
		List<Path> deepestFirst;
		try (Stream<Path> contents = Files.walk(folder)) {
			deepestFirst = contents.sorted(Comparator.reverseOrder()).toList();
		}
		for (Path path : deepestFirst) {
			Files.delete(path);
		}
	}

}
