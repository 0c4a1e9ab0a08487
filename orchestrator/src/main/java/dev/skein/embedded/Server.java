package dev.skein.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import dev.skein.migration.Secret;
import org.jspecify.annotations.Nullable;

/**
 * One server process and its data folder.
 */
final class Server {

	/**
	 * Loopback only, and fast instead of durable: a crash of the machine may cost the
	 * data, a crash of the server does not. Tests of several builds share one, each with
	 * pools of connections. A shell reads this.
	 */
	private static final String OPTIONS = "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories='%s'"
			+ " -c unix_socket_permissions=0700 -c fsync=off -c full_page_writes=off -c max_connections=300";

	/** Who comes in, and how: with a password, over TCP and over the socket. */
	private static final String ENTRANCES = """
			# Written by Skein: a password for every user, also on this machine
			local all all scram-sha-256
			host all all 127.0.0.1/32 scram-sha-256
			""";

	private final Programs programs;

	private final Path home;

	private final Path data;

	private final PasswordFile password;

	Server(Programs programs, Path home) {
		this.programs = programs;
		this.home = home.toAbsolutePath();
		this.data = this.home.resolve("data-" + programs.major());
		this.password = new PasswordFile(this.home.resolve("pgpass-" + programs.major()));
	}

	/**
	 * Where the superuser's password is, in psql's format.
	 */
	PasswordFile password() {
		return this.password;
	}

	Path data() {
		return this.data;
	}

	void startUnlessRunning(Consumer<String> progress) throws IOException {
		if (isRunning()) {
			return;
		}
		ProgramUser user = ProgramUser.choose(this.home, this.programs.program("postgres"));
		if (!Files.isDirectory(this.data)) {
			progress.accept("Creating the embedded database in " + this.home);
			create(user);
		}
		forgetAnothersProcess();
		if (!user.equals(ProgramUser.ownerOf(this.data))) {
			user.own(this.data);
		}
		OwnFolder.restrictToOwner(this.data);
		if (this.password.read() == null) {
			closeToOthers();
		}
		openToSocket();
		Path log = this.home.resolve("server.log");
		OwnFolder.createFile(log);
		user.own(log);
		run("pg_ctl", "start", "-w", "-s", "-D", this.data.toString(), "-l", log.toString(), "-o",
				OPTIONS.formatted(freePort(), Objects.requireNonNullElse(SocketFolder.create(this.home, user), "")));
	}

	/**
	 * An older Skein wrote rules for TCP only.
	 */
	private void openToSocket() throws IOException {
		Path rules = this.data.resolve("pg_hba.conf");
		String written = Files.readString(rules);
		if (written.startsWith("# Written by Skein") && !written.contains("\nlocal ")) {
			Files.writeString(rules, ENTRANCES);
		}
	}

	private void create(ProgramUser user) throws IOException {
		Secret secret = Secret.random();
		Path unfinished = Files.createTempDirectory(this.home, Leftovers.CREATING);
		Path verifier = Files.createTempFile(this.home, Leftovers.CREATING, "");
		Files.writeString(verifier, ScramVerifier.of(secret));
		user.own(unfinished);
		user.own(verifier);
		new ServerProgram(this.programs.program("initdb"), user).run(this.home,
				List.of("-D", unfinished.toString(), "-U", EmbeddedPostgres.USER, "-A", "scram-sha-256", "--pwfile",
						verifier.toString(), "-E", "UTF8", "--locale=C", "--no-sync"));
		Files.delete(verifier);
		Files.move(unfinished, this.data);
		this.password.write(secret);
	}

	/**
	 * Gives the superuser a password where the data folder has none: an older Skein made
	 * it, which let every user of the machine in, or the file with the password was lost.
	 * It comes last, so that an interrupted attempt is made again.
	 */
	private void closeToOthers() throws IOException {
		Secret secret = Secret.random();
		new ServerProgram(this.programs.program("postgres"), ProgramUser.ownerOf(this.data)).run(this.home,
				List.of("--single", "-c", "fsync=off", "-D", this.data.toString(), "postgres"),
				"ALTER ROLE " + EmbeddedPostgres.USER + " PASSWORD '" + ScramVerifier.of(secret) + "'\n");
		Files.writeString(this.data.resolve("pg_hba.conf"), ENTRANCES);
		this.password.write(secret);
	}

	void stop() throws IOException {
		if (!isRunning()) {
			return;
		}
		Path socket = socket();
		run("pg_ctl", "stop", "-w", "-s", "-m", "fast", "-D", this.data.toString());
		SocketFolder.remove(socket);
	}

	/**
	 * The folder of the running server's Unix socket.
	 * @return its absolute path, or {@code null} if it has none
	 */
	@Nullable Path socket() throws IOException {
		String folder = state().get(4).strip();
		return folder.isEmpty() ? null : Path.of(folder);
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
	 * in the fourth, the folder of its socket in the fifth, its state in the eighth.
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
		new ServerProgram(this.programs.program(program), ProgramUser.ownerOf(this.data)).run(this.home,
				List.of(arguments));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
