package dev.skein.embedded;

import java.nio.file.Path;

/**
 * PostgreSQL's programs, unpacked.
 *
 * @param folder where {@code bin}, {@code lib} and {@code share} lie
 * @param version their version, such as {@code 18.6.0}
 */
record Programs(Path folder, String version) {

	Path program(String name) {
		return this.folder.resolve("bin").resolve(name).toAbsolutePath();
	}

	String major() {
		return this.version.split("\\.", 2)[0];
	}

}
