package dev.skein.scaffold;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One change of the file system that is made whole, and can be taken back.
 */
sealed interface Change permits NewFolder, NewFile, ChangedFile {

	/**
	 * The files that it creates.
	 */
	default List<Path> created() {
		return List.of();
	}

	/**
	 * The files that it changes.
	 */
	default List<Path> changed() {
		return List.of();
	}

	/**
	 * Makes the change; a failure leaves nothing of it.
	 */
	void make() throws IOException;

	/**
	 * Takes back what was made.
	 */
	void undo() throws IOException;

}
