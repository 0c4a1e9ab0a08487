package dev.skein.testing;

import java.nio.file.Path;

/**
 * Folders of the build in which servers live. Tests run in several processes at a time,
 * and each has its own.
 */
public final class TargetFolder {

	private TargetFolder() {
	}

	/**
	 * The folder of this process.
	 * @param name what it is for
	 * @return its path, which is absolute
	 */
	public static Path of(String name) {
		return Path.of("target", name + "-" + System.getProperty("skein.fork", "fork-1")).toAbsolutePath();
	}

}
