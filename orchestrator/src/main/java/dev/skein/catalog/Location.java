package dev.skein.catalog;

/**
 * A place in a file that a person wrote.
 *
 * @param file the file as that person would name it: a path, or a class path location
 * @param line the line, counted from 1; 0 means the file as a whole
 */
public record Location(String file, int line) {

	/**
	 * The whole of a file.
	 * @param file the file
	 * @return its location
	 */
	public static Location of(String file) {
		return new Location(file, 0);
	}

	@Override
	public String toString() {
		return (this.line == 0) ? this.file : this.file + ":" + this.line;
	}

}
