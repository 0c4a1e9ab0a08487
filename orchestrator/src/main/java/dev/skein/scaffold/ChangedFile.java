package dev.skein.scaffold;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A file whose text is replaced at one stroke, as long as it still says what was read.
 *
 * @param file the file
 * @param before what it says
 * @param after what it shall say
 */
record ChangedFile(Path file, String before, String after) implements Change {

	@Override
	public List<Path> changed() {
		return List.of(this.file);
	}

	@Override
	public void make() throws IOException {
		if (!Files.readString(this.file).equals(this.before)) {
			throw new FileSystemException(this.file.toString(), null, "somebody changed it meanwhile");
		}
		replace(this.after);
	}

	@Override
	public void undo() throws IOException {
		replace(this.before);
	}

	private void replace(String text) throws IOException {
		// A link stays one
		Path real = this.file.toRealPath();
		Path beside = real.resolveSibling("." + real.getFileName() + ".skein-new");
		try {
			// Copied first for its rights
			Files.copy(real, beside, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
			Files.writeString(beside, text);
			Files.move(beside, real, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			Files.deleteIfExists(beside);
			throw ex;
		}
	}

}
