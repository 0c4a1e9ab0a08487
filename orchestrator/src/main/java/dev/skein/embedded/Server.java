package dev.skein.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One server process and its data folder.
 */
final class Server {

	/**
	 * Loopback only, and fast instead of durable: a crash of the machine may cost the
	 * data, a crash of the server does not. Tests of several builds share one, each with
	 * pools of connections.
	 */
	private static final String OPTIONS = "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
			+ " -c fsync=off -c full_page_writes=off -c max_connections=300";

	private final Programs programs;

	private final Path home;

	private final Path data;

	Server(Programs programs, Path home) {
		this.programs = programs;
		this.home = home;
		this.data = home.resolve("data-" + programs.major());
	}

	void startUnlessRunning(Consumer<String> progress) throws IOException {
		if (isRunning()) {
			return;
		}
		if (!Files.isDirectory(this.data)) {
			progress.accept("Creating the embedded database in " + this.home);
			Path unfinished = Files.createTempDirectory(this.home, Leftovers.CREATING);
			run("initdb", "-D", unfinished.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C",
					"--no-sync");
			Files.move(unfinished, this.data);
		}
		forgetAnothersProcess();
		run("pg_ctl", "start", "-w", "-s", "-D", this.data.toString(), "-l", this.home.resolve("server.log").toString(),
				"-o", OPTIONS.formatted(freePort()));
	}

	void stop() throws IOException {
		if (!isRunning()) {
			return;
		}
		run("pg_ctl", "stop", "-w", "-s", "-m", "fast", "-D", this.data.toString());
	}

	int port() {
		try {
			return Integer.parseInt(state().get(3));
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	/**
	 * After a restart of the machine or of its container, the process id of a server that
	 * did not stop may be somebody else's. PostgreSQL cannot tell, and would not start.
	 */
	private void forgetAnothersProcess() throws IOException {
		if (Files.exists(pidFile()) && process().flatMap((process) -> process.info().command())
			.filter((command) -> !Path.of(command).endsWith("postgres"))
			.isPresent()) {
			Files.delete(pidFile());
		}
	}

	private boolean isRunning() throws IOException {
		if (!Files.exists(pidFile())) {
			return false;
		}
		List<String> state = state();
		return state.size() >= 8 && state.get(7).strip().equals("ready")
				&& process().filter(ProcessHandle::isAlive).isPresent() && answers(Integer.parseInt(state.get(3)));
	}

	/**
	 * A process that was killed counts as alive until somebody collects it.
	 */
	private static boolean answers(int port) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * What the running server says of itself: its process id in the first line, its port
	 * in the fourth, its state in the eighth.
	 */
	private List<String> state() throws IOException {
		return Files.readAllLines(pidFile());
	}

	private Optional<ProcessHandle> process() throws IOException {
		return state().stream().findFirst().flatMap((pid) -> ProcessHandle.of(Long.parseLong(pid.strip())));
	}

	private Path pidFile() {
		return this.data.resolve("postmaster.pid");
	}

	private void run(String program, String... arguments) throws IOException {
		new ServerProgram(this.programs.program(program)).run(this.home, List.of(arguments));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
