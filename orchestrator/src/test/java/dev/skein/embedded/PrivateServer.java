package dev.skein.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import dev.skein.migration.ConnectionSettings;
import dev.skein.testing.TestDatabase;

/**
 * A server of its own for tests that make it crash or want another version.
 */
public final class PrivateServer implements AutoCloseable {

	private final Path home;

	private final Programs programs;

	private final Server server;

	private final AtomicInteger next = new AtomicInteger();

	private PrivateServer(Path home, ProgramArchive archive) throws IOException {
		this(home, archive.unpack(Files.createDirectories(home.toAbsolutePath()), (line) -> {
		}));
	}

	private PrivateServer(Path home, Programs programs) throws IOException {
		this.home = Files.createDirectories(home.toAbsolutePath());
		this.programs = programs;
		this.server = new Server(this.programs, this.home);
		start();
		OpenServer.open(this.server.data(), this.server.port(), this.server.password());
	}

	/**
	 * The version on the class path.
	 */
	public static PrivateServer newest(Path home) throws IOException {
		return new PrivateServer(home, ProgramArchive.forThisPlatform());
	}

	/**
	 * The version that a jar of zonky's holds.
	 */
	public static PrivateServer of(Path jar, Path home) throws IOException {
		try (JarFile content = new JarFile(jar.toFile())) {
			String archive = content.stream()
				.map(JarEntry::getName)
				.filter((name) -> name.endsWith(".txz"))
				.findAny()
				.orElseThrow();
			return new PrivateServer(home,
					new ProgramArchive(URI.create("jar:" + jar.toUri() + "!/" + archive).toURL()));
		}
	}

	/**
	 * The version that is installed on this machine.
	 * @param folder where its {@code bin} lies
	 */
	public static PrivateServer installed(Path folder, String version, Path home) throws IOException {
		return new PrivateServer(home, new Programs(folder, version));
	}

	public TestDatabase freshDatabase() {
		String name = "test_" + ProcessHandle.current().pid() + "_" + this.next.incrementAndGet();
		database("postgres").execute("CREATE DATABASE " + name);
		return database(name);
	}

	public void start() throws IOException {
		this.server.startUnlessRunning((line) -> {
		});
	}

	/**
	 * Lets everybody but its superuser in only with TLS and a password, and logs every
	 * statement.
	 */
	public void requirePasswords(Path certificate, Path key) throws IOException {
		Files.writeString(this.server.data().resolve("pg_hba.conf"), """
				host all postgres 127.0.0.1/32 trust
				hostssl all all 127.0.0.1/32 scram-sha-256
				""");
		database("postgres").execute("ALTER SYSTEM SET ssl_cert_file = '" + certificate + "'");
		database("postgres").execute("ALTER SYSTEM SET ssl_key_file = '" + key + "'");
		database("postgres").execute("ALTER SYSTEM SET ssl = on");
		database("postgres").execute("ALTER SYSTEM SET log_statement = 'all'");
		database("postgres").execute("SELECT pg_reload_conf()");
	}

	public String log() throws IOException {
		return Files.readString(this.home.resolve("server.log"));
	}

	/**
	 * Ends all of the server's processes at once, without a checkpoint; the next start
	 * has to recover.
	 */
	public void crash() throws IOException {
		Path data = this.server.data();
		new ServerProgram(this.programs.program("pg_ctl"), ProgramUser.ownerOf(data)).run(this.home,
				List.of("stop", "-w", "-s", "-m", "immediate", "-D", data.toString()));
	}

	/**
	 * A database; its port changes with every start.
	 */
	public TestDatabase database(String name) {
		return new TestDatabase(
				new ConnectionSettings("127.0.0.1", this.server.port(), name, "postgres", null, Map.of(), false));
	}

	@Override
	public void close() throws IOException {
		this.server.stop();
	}

}
