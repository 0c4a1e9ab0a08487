package dev.skein.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.skein.embedded.PrivateServer;

/**
 * A server that the {@code pg_dump} of this machine can read: the embedded one where that
 * is new enough, else the one that was installed with it, else an older archived one.
 */
public final class DumpableServer {

	private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)\\S*)");

	private static final String VERSION_ON_PATH = version();

	private static final Optional<Supplier<TestDatabase>> SERVER = find();

	private DumpableServer() {
	}

	/**
	 * Whether backups can be tried here; says why if not.
	 */
	public static boolean isThere() {
		if (VERSION_ON_PATH.isEmpty()) {
			System.out.println("SKIPPED: there is no pg_dump on the PATH, so no backup is taken and brought back;"
					+ " apt-get install postgresql-client");
		}
		else if (SERVER.isEmpty()) {
			System.out.println("SKIPPED: there is no server that pg_dump " + VERSION_ON_PATH + " can read, so no backup"
					+ " is taken and brought back; mvn verify -P all-postgresql, or apt-get install postgresql");
		}
		return SERVER.isPresent();
	}

	public static TestDatabase freshDatabase() {
		return SERVER.orElseThrow().get();
	}

	/**
	 * As {@link TestServer#databaseOfAnAdministrator()}.
	 */
	public static TestDatabase databaseOfAnAdministrator() {
		return freshDatabase().databaseOfAnAdministrator();
	}

	/**
	 * Where the server's programs are installed, beside this {@code pg_dump}.
	 */
	public static Optional<Path> installation() {
		return VERSION_ON_PATH.isEmpty() ? Optional.empty()
				: Stream.of("/usr/lib/postgresql/" + major(VERSION_ON_PATH), "/usr/pgsql-" + major(VERSION_ON_PATH))
					.map(Path::of)
					.filter((folder) -> Files.isExecutable(folder.resolve("bin/initdb"))
							&& Files.isExecutable(folder.resolve("bin/postgres")))
					.findFirst();
	}

	public static PrivateServer installed(Path home) throws IOException {
		return PrivateServer.installed(installation().orElseThrow(), VERSION_ON_PATH, home);
	}

	private static Optional<Supplier<TestDatabase>> find() {
		if (VERSION_ON_PATH.isEmpty()) {
			return Optional.empty();
		}
		int embedded = major(TestServer.freshDatabase().query("SHOW server_version").get(0));
		if (major(VERSION_ON_PATH) >= embedded) {
			return Optional.of(TestServer::freshDatabase);
		}
		try {
			if (installation().isPresent()) {
				PrivateServer server = installed(TargetFolder.of("installed-postgresql"));
				Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
				return Optional.of(server::freshDatabase);
			}
			return ArchivedServers.archives()
				.stream()
				.filter((archive) -> major(
						archive.getFileName().toString().replaceFirst(".*-(?=\\d+\\.)", "")) <= major(VERSION_ON_PATH))
				.reduce((older, newer) -> newer)
				.map((archive) -> () -> ArchivedServers.freshDatabase(archive));
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

	private static String version() {
		try {
			Process process = new ProcessBuilder("pg_dump", "--version").start();
			Matcher matcher = VERSION
				.matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
			return matcher.find() ? matcher.group(1) : "";
		}
		catch (IOException ex) {
			return "";
		}
	}

	private static int major(String version) {
		return Integer.parseInt(version.split("\\D", 2)[0]);
	}

}
