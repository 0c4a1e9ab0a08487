package dev.skein.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.skein.migration.ConnectionSettings;
import dev.skein.testing.TestDatabase;

/**
 * A server for tests that make it crash.
 */
public final class CrashingServer implements AutoCloseable {

	private final Path home;

	private final Programs programs;

	private final Server server;

	public CrashingServer(Path home) throws IOException {
		this.home = Files.createDirectories(home.toAbsolutePath());
		this.programs = ProgramArchive.forThisPlatform().unpack(this.home, (line) -> {
		});
		this.server = new Server(this.programs, this.home);
		start();
	}

	public void start() throws IOException {
		this.server.startUnlessRunning((line) -> {
		});
	}

	/**
	 * Ends all of the server's processes at once, without a checkpoint; the next start
	 * has to recover.
	 */
	public void crash() throws IOException {
		new ServerProgram(this.programs.program("pg_ctl")).run(this.home, List.of("stop", "-w", "-s", "-m", "immediate",
				"-D", this.home.resolve("data-" + this.programs.major()).toString()));
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
