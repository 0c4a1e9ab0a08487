package dev.skein.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Keeps the other users of the machine out of a folder, where the file system knows
 * users.
 */
final class OwnFolder {

	private static final String OWNER = "rwx------";

	private static final String AND_GROUP = "rwx--x---";

	private OwnFolder() {
	}

	/**
	 * Creates a folder that is open to its owner alone, or closes one in which a server
	 * has been. Any other folder that holds something is left as it is: it is for more
	 * than a server.
	 */
	static void create(Path folder) throws IOException {
		Files.createDirectories(folder);
		if (isPosix() && !has(folder, AND_GROUP) && !has(folder, OWNER) && isForServers(folder)) {
			restrict(folder, OWNER);
		}
	}

	/**
	 * Creates a file that only its owner can read, unless there is one.
	 */
	static void createFile(Path file) throws IOException {
		if (!Files.exists(file)) {
			Files.createFile(file);
			if (isPosix()) {
				restrict(file, "rw-------");
			}
		}
	}

	/**
	 * Lets a group through a folder that is open to its owner alone.
	 */
	static void letThrough(Path folder, int gid) throws IOException {
		if (has(folder, OWNER) || has(folder, AND_GROUP)) {
			Files.setAttribute(folder, "unix:gid", gid);
			restrict(folder, AND_GROUP);
		}
	}

	/**
	 * Closes a folder to all but its owner, whatever it was before.
	 */
	static void restrictToOwner(Path folder) throws IOException {
		if (isPosix() && !has(folder, OWNER)) {
			restrict(folder, OWNER);
		}
	}

	static void restrict(Path folder, String permissions) throws IOException {
		Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
	}

	private static boolean has(Path folder, String permissions) throws IOException {
		return Files.getPosixFilePermissions(folder).equals(PosixFilePermissions.fromString(permissions));
	}

	private static boolean isForServers(Path folder) throws IOException {
		try (DirectoryStream<Path> contents = Files.newDirectoryStream(folder)) {
			return Files.exists(folder.resolve(EmbeddedPostgres.START_LOCK)) || !contents.iterator().hasNext();
		}
	}

	private static boolean isPosix() {
		return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
	}

}
