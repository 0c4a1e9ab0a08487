package dev.skein.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.function.Consumer;

import dev.skein.migration.CannotStartException;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server for development, shared by all processes that use the same folder:
 * the first starts it, the last stops it, and after a crash the next one takes it over.
 * Other users of the machine get in with a password only. It does not sync its files
 * ({@code fsync=off}), so it is no place for data that matters.
 */
public final class EmbeddedPostgres implements AutoCloseable {

	static final String USER = "postgres";

	static final String START_LOCK = "start.lock";

	/**
	 * The server's process id lies in a file, and its port might be another program's by
	 * now. That program must not be able to ask for the password itself.
	 */
	private static final Map<String, String> OPTIONS = Map.of("requireAuth", "scram-sha-256");

	private final Path home;

	private final Server server;

	private final FileChannel users;

	private final FileLock use;

	private final @Nullable Secret password;

	private EmbeddedPostgres(Path home, Server server, FileChannel users, FileLock use, @Nullable Secret password) {
		this.home = home;
		this.server = server;
		this.users = users;
		this.use = use;
		this.password = password;
	}

	/**
	 * Starts the server, or joins those who use it already.
	 * @param home the folder that keeps programs and data; created if missing
	 * @param progress told about what takes long
	 * @return the server, to be closed by the caller
	 * @throws CannotStartException if it does not start
	 */
	public static EmbeddedPostgres start(Path home, Consumer<String> progress) {
		ProgramArchive archive = ProgramArchive.forThisPlatform();
		try {
			OwnFolder.create(home);
			try (FileChannel gate = open(home.resolve(START_LOCK)); FileLock alone = gate.lock()) {
				Leftovers.remove(home);
				Server server = new Server(archive.unpack(home, progress), home);
				FileChannel users = open(home.resolve("users.lock"));
				try {
					FileLock use = users.lock(0, Long.MAX_VALUE, true);
					server.startUnlessRunning(progress);
					return new EmbeddedPostgres(home, server, users, use, server.password().read());
				}
				catch (IOException | RuntimeException ex) {
					users.close();
					throw ex;
				}
			}
		}
		catch (IOException ex) {
			throw new CannotStartException("embedded PostgreSQL cannot be started in " + home + ": " + ex,
					"check that this folder can be written to, or give a database with --url", ex);
		}
	}

	/**
	 * How to reach a database of this server.
	 * @param database the database's name
	 * @return the settings
	 */
	public ConnectionSettings settings(String database) {
		// A server that an older Skein started, and that still runs, asks for no
		// password.
		return new ConnectionSettings("127.0.0.1", this.server.port(), database, USER, this.password,
				(this.password == null) ? Map.of() : OPTIONS, true);
	}

	/**
	 * The file with the password, as psql reads it in {@code PGPASSFILE}.
	 * @return its absolute path
	 */
	public Path passwordFile() {
		return this.server.password().path();
	}

	/**
	 * The folder of the server's Unix socket, for psql.
	 * @return its absolute path; {@code null} where the server has none
	 */
	public @Nullable Path socketFolder() {
		try {
			return this.server.socket();
		}
		catch (IOException ex) {
			throw new CannotStartException("cannot read in " + this.home + ": " + ex, null, ex);
		}
	}

	/**
	 * Lets the server run on after the last process that uses it, or not.
	 * @param keep whether it shall run on
	 */
	public void keepRunning(boolean keep) {
		try {
			if (keep) {
				Files.writeString(keepFile(), "");
			}
			else {
				Files.deleteIfExists(keepFile());
			}
		}
		catch (IOException ex) {
			throw new CannotStartException("cannot write to " + this.home + ": " + ex, null, ex);
		}
	}

	@Override
	public void close() {
		try (FileChannel gate = open(this.home.resolve(START_LOCK)); FileLock alone = gate.lock()) {
			this.use.release();
			try (this.users; FileLock last = this.users.tryLock()) {
				if (last != null && !Files.exists(keepFile())) {
					this.server.stop();
				}
			}
		}
		catch (IOException ex) {
			// It runs on, and the next process that uses it stops it.
		}
	}

	private Path keepFile() {
		return this.home.resolve("keep-running");
	}

	private static FileChannel open(Path file) throws IOException {
		return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
	}

}
