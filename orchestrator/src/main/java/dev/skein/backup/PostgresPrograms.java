package dev.skein.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.skein.migration.BackupFailedException;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.DatabaseIdentity;
import dev.skein.program.LibpqEnvironment;
import dev.skein.program.ProgramPath;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's {@code pg_dump} and {@code pg_restore}, as they were found here.
 */
public final class PostgresPrograms {

	private final Map<String, String> surroundings;

	private final DatabaseIdentity server;

	private @Nullable Program dump;

	private @Nullable Program restore;

	private volatile @Nullable Child running;

	private volatile boolean cancelled;

	private PostgresPrograms(Map<String, String> surroundings, DatabaseIdentity server) {
		this.surroundings = surroundings;
		this.server = server;
	}

	/**
	 * Looks for the programs.
	 * @param folder where they lie; {@code null} to look through the PATH
	 * @param surroundings the environment variables
	 * @param server the server that they are for
	 * @return the programs
	 * @throws CannotStartException if one is missing
	 */
	public static PostgresPrograms find(@Nullable Path folder, Map<String, String> surroundings,
			DatabaseIdentity server) {
		PostgresPrograms programs = new PostgresPrograms(surroundings, server);
		programs.dump = programs.program("pg_dump", folder);
		programs.restore = programs.program("pg_restore", folder);
		return programs;
	}

	/**
	 * Refuses a {@code pg_dump} that cannot read the server.
	 * @throws CannotStartException if it is older than the server
	 */
	public void requireDump() {
		Program program = dump();
		if (Program.major(program.version()) < Program.major(this.server.version())) {
			throw new CannotStartException(
					"the pg_dump found here is version " + program.version() + ", but the server is PostgreSQL "
							+ this.server.version() + ", and pg_dump reads no server newer than itself",
					install(), null);
		}
	}

	/**
	 * Ends whatever program runs, from another thread, and starts none any more.
	 */
	public void cancel() {
		this.cancelled = true;
		Child child = this.running;
		if (child != null) {
			child.cancel();
		}
	}

	Program dump() {
		return Objects.requireNonNull(this.dump);
	}

	Program restore() {
		return Objects.requireNonNull(this.restore);
	}

	/**
	 * Starts a program, which the caller closes.
	 * @param settings the database that it connects to; {@code null} for none
	 */
	Child start(Program program, @Nullable ConnectionSettings settings, List<String> arguments) {
		if (this.cancelled) {
			throw BackupFailedException.interrupted();
		}
		List<String> command = new ArrayList<>(List.of(program.path().toString()));
		command.addAll(arguments);
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().clear();
		builder.environment()
			.putAll((settings == null) ? LibpqEnvironment.without(this.surroundings)
					: LibpqEnvironment.of(settings, "skein backup", this.surroundings));
		builder.environment().put("LC_ALL", "C");
		try {
			Child child = new Child(builder);
			this.running = child;
			if (this.cancelled) {
				child.cancel();
			}
			return child;
		}
		catch (IOException ex) {
			throw new CannotStartException(program.path() + " cannot be started: " + ex.getMessage(), install(), ex);
		}
	}

	String install() {
		return "install postgresql-client-" + Program.major(this.server.version())
				+ ", or give the folder of its programs with --pg-bin";
	}

	private Program program(String name, @Nullable Path folder) {
		ProgramPath path = (folder != null) ? new ProgramPath(List.of(folder)) : ProgramPath.of(this.surroundings);
		Path file = path.find(name)
			.orElseThrow(() -> new CannotStartException(
					"there is no " + name + ((folder == null) ? " on the PATH" : " in \"" + folder + "\""), install(),
					null));
		String version = version(file);
		if (version.isEmpty()) {
			throw new CannotStartException("\"" + file + "\" does not say which version it is", install(), null);
		}
		return new Program(file, version);
	}

	private String version(Path file) {
		try (Child child = start(new Program(file, ""), null, List.of("--version"))) {
			String answer = new String(child.output().readAllBytes(), StandardCharsets.UTF_8);
			return child.succeeds() ? Program.version(answer) : "";
		}
		catch (IOException ex) {
			return "";
		}
	}

}
