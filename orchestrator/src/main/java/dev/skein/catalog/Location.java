package dev.skein.catalog;

import java.nio.file.Path;

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

	/**
	 * The whole of a file, named as a person in the current folder would type it.
	 * @param file the file
	 * @return its location
	 */
	public static Location of(Path file) {
		Path here = Path.of("").toAbsolutePath();
		Path there = file.toAbsolutePath().normalize();
		return of((there.startsWith(here) && !there.equals(here) ? here.relativize(there) : file).toString()
			.replace('\\', '/'));
	}

	@Override
	public String toString() {
		return (this.line == 0) ? this.file : this.file + ":" + this.line;
	}

}
