package dev.skein.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The folder of the server's Unix socket, which only its owner may enter. It is beside
 * the data, unless its path is too long for a socket or has a character that a shell or
 * PostgreSQL's list of folders would read as something else.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-UNIX-SOCKET-DIRECTORIES">PostgreSQL:
 * unix_socket_directories</a>
 */
final class SocketFolder {

	private static final String NAME = "socket";

	/** What PostgreSQL calls its sockets, with the longest port. */
	private static final String SOCKET = "/.s.PGSQL.65535";

	/** The bytes of a socket's path, of which macOS takes the fewest. */
	private static final int LONGEST = 103;

	private static final Pattern PLAIN = Pattern.compile("/[\\w./-]+");

	private SocketFolder() {
	}

	/**
	 * Makes an empty folder for the socket of a server that does not run.
	 * @param home the folder of programs and data
	 * @param user as whom the server runs
	 * @return its absolute path, or {@code null} where there can be none
	 */
	static @Nullable Path create(Path home, ProgramUser user) throws IOException {
		if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
			return null;
		}
		Path folder = home.resolve(NAME);
		if (isUsable(folder)) {
			empty(folder);
			Files.createDirectory(folder);
		}
		else {
			folder = Files.createTempDirectory("skein-");
			if (!isUsable(folder)) {
				Files.delete(folder);
				return null;
			}
		}
		OwnFolder.restrict(folder, "rwx------");
		user.own(folder);
		return folder;
	}

	/**
	 * Removes the folder of a server that was stopped.
	 */
	static void remove(@Nullable Path folder) throws IOException {
		if (folder != null) {
			empty(folder);
		}
	}

	/**
	 * Removes the folder with the sockets that a server left there. It fails where
	 * anything else is in it.
	 */
	private static void empty(Path folder) throws IOException {
		if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
			try (DirectoryStream<Path> sockets = Files.newDirectoryStream(folder, ".s.PGSQL.*")) {
				for (Path socket : sockets) {
					Files.delete(socket);
				}
			}
		}
		Files.deleteIfExists(folder);
	}

	private static boolean isUsable(Path folder) {
		String path = folder.toString();
		return PLAIN.matcher(path).matches() && (path + SOCKET).getBytes(StandardCharsets.UTF_8).length <= LONGEST;
	}

}
