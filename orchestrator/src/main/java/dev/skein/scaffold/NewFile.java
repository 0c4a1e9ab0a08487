package dev.skein.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file that must not exist yet.
 *
 * @param file the file
 * @param text what it says
 */
record NewFile(Path file, String text) implements Change {

	@Override
	public List<Path> created() {
		return List.of(this.file);
	}

	@Override
	public void make() throws IOException {
		// Apart from the writing: a file that was there already must survive the failure
		Files.createFile(this.file);
		try {
			Files.writeString(this.file, this.text, StandardOpenOption.WRITE);
		}
		catch (IOException ex) {
			undo();
			throw ex;
		}
	}

	@Override
	public void undo() throws IOException {
		Files.deleteIfExists(this.file);
	}

}
