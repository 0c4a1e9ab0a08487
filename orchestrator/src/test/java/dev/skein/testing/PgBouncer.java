package dev.skein.testing;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.skein.migration.ConnectionSettings;

import static org.awaitility.Awaitility.await;

/**
 * A PgBouncer in front of a test's database.
 */
public final class PgBouncer implements AutoCloseable {

	private final Process process;

	private final TestDatabase database;

	private PgBouncer(Process process, TestDatabase database) {
		this.process = process;
		this.database = database;
	}

	/**
	 * Whether the program is here; says so if not.
	 */
	public static boolean isInstalled() {
		boolean installed = Stream.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer")
			.anyMatch((path) -> new File(path).canExecute());
		if (!installed) {
			System.out.println("SKIPPED: there is no pgbouncer here, so nothing is tried behind a pooler;"
					+ " apt-get install pgbouncer");
		}
		return installed;
	}

	/**
	 * Starts one.
	 * @param folder where it keeps its configuration
	 * @param behind the database
	 * @param lines its settings; without an {@code auth_type} every client works as
	 * "postgres"
	 */
	public static PgBouncer start(Path folder, TestDatabase behind, String... lines) throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		ConnectionSettings target = behind.settings();
		boolean oneUser = Stream.of(lines).noneMatch((line) -> line.startsWith("auth_type"));
		Path configuration = Files.writeString(folder.resolve("pgbouncer.ini"), """
				[databases]
				%s = host=127.0.0.1 port=%d%s
				[pgbouncer]
				listen_addr = 127.0.0.1
				listen_port = %d
				%s
				unix_socket_dir =
				%s
				""".formatted(target.database(), target.port(), oneUser ? " user=postgres" : "", port,
				oneUser ? "auth_type = any" : "", String.join("\n", lines)));
		Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
		boolean root = "root".equals(System.getProperty("user.name"));
		// It refuses to run as root.
		Process process = new ProcessBuilder(root ? List.of("pgbouncer", "-u", "nobody", configuration.toString())
				: List.of("pgbouncer", configuration.toString()))
			.redirectErrorStream(true)
			.redirectOutput(folder.resolve("pgbouncer.log").toFile())
			.start();
		await().atMost(Duration.ofSeconds(10)).until(() -> answers(port));
		return new PgBouncer(process, new TestDatabase(
				new ConnectionSettings("127.0.0.1", port, target.database(), "postgres", null, Map.of(), false)));
	}

	/**
	 * The database as one sees it through the pooler.
	 */
	public TestDatabase database() {
		return this.database;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	private static boolean answers(int port) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
