package dev.skein.catalog;

import java.nio.file.Path;

/**
 * A place in a file that a person wrote.
 *
 * @param file the file as that person would name it: a path, or a class path location
 * @param line the line, counted from 1; 0 means the file as a whole
 */
public record Location(String file, int line) implements Comparable<Location> {

	private static final Path HERE = Path.of("").toAbsolutePath();

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
		Path there = file.toAbsolutePath().normalize();
		return of((there.startsWith(HERE) && !there.equals(HERE) ? HERE.relativize(there) : file).toString()
			.replace('\\', '/'));
	}

	/**
	 * By file, then by line.
	 */
	@Override
	public int compareTo(Location other) {
		int files = this.file.compareTo(other.file);
		return (files != 0) ? files : Integer.compare(this.line, other.line);
	}

	@Override
	public String toString() {
		return (this.line == 0) ? this.file : this.file + ":" + this.line;
	}

}
