package dev.skein.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.skein.embedded.PrivateServer;

/**
 * A server of every PostgreSQL before the newest, where the Maven profile
 * {@code all-postgresql} laid their programs down.
 */
public final class ArchivedServers {

	private static final Path ARCHIVES = Path.of("target/postgresql-archives");

	private static final Map<Path, PrivateServer> SERVERS = new HashMap<>();

	private ArchivedServers() {
	}

	public static boolean areThere() {
		boolean there = Files.isDirectory(ARCHIVES);
		if (!there) {
			System.out.println("SKIPPED: the contracts are run on the newest PostgreSQL only; all of them: mvn verify"
					+ " -P all-postgresql");
		}
		return there;
	}

	public static List<Path> archives() throws IOException {
		if (!Files.isDirectory(ARCHIVES)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(ARCHIVES)) {
			return files.sorted().toList();
		}
	}

	public static TestDatabase freshDatabase(Path archive) {
		return SERVERS.computeIfAbsent(archive.toAbsolutePath(), ArchivedServers::start).freshDatabase();
	}

	private static PrivateServer start(Path archive) {
		try {
			PrivateServer server = PrivateServer.of(archive, TargetFolder.of("every-postgresql"));
			Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void stop(PrivateServer server) {
		try {
			server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
