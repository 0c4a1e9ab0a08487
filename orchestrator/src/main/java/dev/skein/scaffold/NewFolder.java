package dev.skein.scaffold;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.FolderTree;

/**
 * A folder with files that must not exist yet. It is written beside its place under a
 * hidden name, where nobody looks for services, and then renamed: it is there whole or
 * not at all, even if the process is killed.
 */
final class NewFolder implements Change {

	private final Path folder;

	private final Map<String, String> files;

	/** Folders above that did not exist either, the innermost first. */
	private final List<Path> above = new ArrayList<>();

	/**
	 * Draws a folder.
	 * @param folder the folder
	 * @param files its files' texts by their paths within it, in the order of the report
	 */
	NewFolder(Path folder, Map<String, String> files) {
		this.folder = folder;
		this.files = files;
	}

	@Override
	public List<Path> created() {
		return this.files.keySet().stream().map(this.folder::resolve).toList();
	}

	@Override
	public void make() throws IOException {
		Path beside = this.folder.resolveSibling("." + this.folder.getFileName() + ".skein-new");
		try {
			createAbove();
			FolderTree.delete(beside);
			for (Map.Entry<String, String> file : this.files.entrySet()) {
				Path path = beside.resolve(file.getKey());
				Files.createDirectories(path.getParent());
				Files.writeString(path, file.getValue());
			}
			// A rename would replace an empty folder without a word
			if (Files.exists(this.folder)) {
				throw new FileAlreadyExistsException(this.folder.toString());
			}
			Files.move(beside, this.folder);
		}
		catch (IOException ex) {
			FolderTree.delete(beside);
			deleteAbove();
			throw ex;
		}
	}

	@Override
	public void undo() throws IOException {
		FolderTree.delete(this.folder);
		deleteAbove();
	}

	private void createAbove() throws IOException {
		List<Path> missing = new ArrayList<>();
		Path path = this.folder.toAbsolutePath().normalize().getParent();
		while (path != null && !Files.exists(path)) {
			missing.add(path);
			path = path.getParent();
		}
		Collections.reverse(missing);
		for (Path one : missing) {
			Files.createDirectory(one);
			this.above.add(0, one);
		}
	}

	private void deleteAbove() throws IOException {
		for (Path one : this.above) {
			Files.deleteIfExists(one);
		}
	}

}
