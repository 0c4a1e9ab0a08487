package dev.skein.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A server for one run, durable as a real one is: with every setting as {@code initdb}
 * leaves it, and a password asked for. It can be made new as often as one likes, which
 * keeps what was there before until the end: some file systems create files slowly for a
 * minute after many were deleted, which the next contestant would pay for.
 */
final class TemporaryServer implements AutoCloseable {

	/** What {@code commit_delay} takes. */
	static final Duration LONGEST_FLUSH = Duration.ofMillis(100);

	private static final String USER = "postgres";

	private final Path bin;

	private final Scratch scratch;

	private final Address address;

	private final Duration flush;

	private int beginnings;

	/**
	 * A server of the newest version that is installed here, not started yet.
	 * @param flush how much longer its disk takes to make commits durable; those that
	 * come in that time are flushed with the first
	 * @throws BenchmarkException if there is none
	 * @see <a href=
	 * "https://www.postgresql.org/docs/current/runtime-config-wal.html#GUC-COMMIT-DELAY">PostgreSQL:
	 * commit_delay</a>
	 */
	TemporaryServer(Duration flush) throws IOException {
		this.flush = flush;
		this.bin = Installed.postgres("initdb")
			.orElseThrow(() -> new BenchmarkException("there is no server to measure on: PGHOST is not set, and "
					+ "PostgreSQL's initdb is not installed (Debian: postgresql); set PGHOST, PGPORT, PGUSER and "
					+ "PGPASSWORD to a superuser's, or install it"))
			.resolveSibling("");
		this.scratch = Scratch.create();
		this.address = new Address("127.0.0.1", freePort(), USER, UUID.randomUUID().toString(), "postgres");
	}

	Address address() {
		return this.address;
	}

	/**
	 * What the server logs; each line begins with the database's name.
	 */
	Path log() {
		return this.scratch.folder().resolve("log");
	}

	/**
	 * Prepares what every new beginning is a copy of, and starts it.
	 * @return this server
	 * @throws BenchmarkException with the end of what was said, if it does not start
	 */
	TemporaryServer start() throws IOException {
		Path password = Files.writeString(this.scratch.folder().resolve("password"), this.address.password());
		if (isRoot()) {
			Answer.of("chown", "-R", USER, this.scratch.folder().toString());
		}
		run("initdb", "--auth=scram-sha-256", "--username=" + USER, "--pwfile=" + password, "--encoding=UTF8",
				"--no-locale");
		Path settings = data(0).resolve("postgresql.conf");
		Files.writeString(settings, Files.readString(settings) + """
				listen_addresses = '127.0.0.1'
				unix_socket_directories = ''
				log_line_prefix = '%%d '
				port = %d
				""".formatted(this.address.port()) + (this.flush.isZero() ? "" : """
				commit_delay = %d
				commit_siblings = 0
				""".formatted(this.flush.toNanos() / 1000)));
		renew();
		return this;
	}

	/**
	 * Starts again, with nothing but what {@code initdb} makes.
	 */
	void renew() {
		stop("fast");
		this.beginnings++;
		Answer.of("cp", "-a", data(0).toString(), data(this.beginnings).toString());
		run("pg_ctl", "start", "--wait", "--log=" + log());
	}

	@Override
	public void close() throws IOException {
		stop("immediate");
		this.scratch.close();
	}

	private void stop(String mode) {
		if (Files.exists(data(this.beginnings).resolve("postmaster.pid"))) {
			run("pg_ctl", "stop", "--mode=" + mode);
		}
	}

	/**
	 * Where it lives since one of its beginnings; before the first is what they are
	 * copies of.
	 */
	private Path data(int beginning) {
		return this.scratch.folder().resolve("data-" + beginning);
	}

	/**
	 * Runs one of PostgreSQL's programs, which refuse to run as root.
	 */
	private void run(String program, String... arguments) {
		List<String> command = new ArrayList<>();
		if (isRoot()) {
			command.addAll(List.of("runuser", "-u", USER, "--"));
		}
		command.add(this.bin.resolve(program).toString());
		command.add("--pgdata=" + data(this.beginnings));
		command.addAll(List.of(arguments));
		Answer.of(command.toArray(String[]::new));
	}

	private static boolean isRoot() {
		return "root".equals(System.getProperty("user.name"));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
