package dev.skein.catalog;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a file that is too large to be held in memory.
 */
interface FileContent {

	/** In bytes. A file from this size on is read piece by piece. */
	int LARGE = 1_000_000;

	/**
	 * Opens the file at its beginning.
	 */
	InputStream open() throws IOException;

}
