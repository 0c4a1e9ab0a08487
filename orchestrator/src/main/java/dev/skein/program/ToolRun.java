package dev.skein.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import dev.skein.catalog.ForeignTool;
import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.CatalogSnapshot;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.MigrationError;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.ProgramLogin;
import dev.skein.migration.RunKey;
import dev.skein.migration.RunListener;
import dev.skein.migration.SchemaContents;
import dev.skein.migration.Secret;
import dev.skein.migration.TableName;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tool of one service: as the role of that service, in its folder.
 */
final class ToolRun {

	/** How much longer a login is good than the tool may run. */
	private static final Duration MARGIN = Duration.ofMinutes(1);

	private final ServiceDefinition service;

	private final ForeignTool tool;

	private final PlatformDatabase database;

	private final Map<String, String> surroundings;

	private final ToolFailure failure;

	private final @Nullable String note;

	private volatile @Nullable ToolProcess running;

	private volatile boolean cancelled;

	/**
	 * One run.
	 * @param note what is said before it; {@code null} for nothing
	 */
	ToolRun(ServiceDefinition service, PlatformDatabase database, Map<String, String> surroundings,
			@Nullable String note) {
		this.note = note;
		this.service = service;
		this.tool = Objects.requireNonNull(service.tool());
		this.database = database;
		this.surroundings = surroundings;
		this.failure = new ToolFailure(service, this.tool);
	}

	/**
	 * Migrates the service. A tool that changed nothing in the schema is told as that,
	 * but recorded all the same.
	 */
	MigrationEngine.Result run(@Nullable RunKey run, RunListener listener) {
		for (List<String> command : List.of(this.tool.run(), this.tool.status())) {
			if (!command.isEmpty() && program(command.get(0)) == null) {
				return failed(this.failure.noProgram(command == this.tool.run() ? "run" : "status", command.get(0)), 0);
			}
		}
		Migration migration = this.service.repeatable().get(0);
		listener.started(this.service, migration);
		CatalogSnapshot before = snapshot();
		Map<String, String> dependents = (run != null) ? this.database.dependents(this.service.schema()) : Map.of();
		String since = (run != null) ? this.database.isolation().snapshot() : "";
		long start = System.nanoTime();
		if (this.note != null) {
			listener.printed(this.service, this.note);
		}
		MigrationError failed = error(listener);
		MigrationError error = this.failure.withLosses((failed != null) ? failed : promised(), lost(dependents));
		if (run != null) {
			error = this.failure.withCrossings(error, this.database.isolation().crossed(this.service, since));
		}
		long millis = (System.nanoTime() - start) / 1_000_000;
		if (error != null) {
			return failed(error, millis);
		}
		if (run != null) {
			this.database.ledger().ran(run.run(), this.service, millis);
		}
		if (snapshot().equals(before)) {
			return new MigrationEngine.Result(List.of(), List.of(), null);
		}
		AppliedFile applied = new AppliedFile(migration, millis);
		listener.applied(this.service, applied);
		return new MigrationEngine.Result(List.of(applied), List.of(), null);
	}

	/**
	 * What went with the tool's changes: it commits by itself, so nothing keeps it from
	 * that.
	 */
	private List<String> lost(Map<String, String> dependents) {
		Map<String, String> lost = new LinkedHashMap<>(dependents);
		if (!lost.isEmpty()) {
			lost.keySet().removeAll(this.database.dependents(this.service.schema()).keySet());
		}
		return List.copyOf(lost.values());
	}

	/**
	 * A tool that ended well and made none of the tables that it promises worked in
	 * another schema or database, and what requires it would only fail later.
	 */
	private @Nullable MigrationError promised() {
		List<String> promised = this.service.tables();
		if (promised.isEmpty()) {
			return null;
		}
		SchemaContents contents = this.database.contents(List.of(this.service.schema()));
		return promised.stream()
			.map((table) -> new TableName(this.service.schema(), table))
			.anyMatch((table) -> contents.tables().contains(table) || contents.partitions().contains(table)) ? null
					: this.failure.keptNoPromise();
	}

	/**
	 * Asks the tool. Whatever is not a clear no means that it has to be run, and then
	 * says itself what is wrong.
	 * @param notes takes why there was no answer
	 */
	boolean isPending(Consumer<String> notes) {
		String status = String.join(" ", this.tool.status());
		if (program(this.tool.status().get(0)) == null) {
			notes.accept("\"" + status + "\", the status, cannot be run: there is no such program");
			return true;
		}
		try (ProgramLogin login = login()) {
			ToolProcess process = start(this.tool.status(), login, (line) -> {
			});
			ToolProcess.End end = process.await(this.tool.timeout());
			if (end == ToolProcess.End.CANCELLED) {
				throw new CannotStartException("interrupted while the tool of service \"" + this.service.name()
						+ "\" was asked whether anything is pending", null, null);
			}
			if (end == ToolProcess.End.TIMED_OUT) {
				notes.accept("\"" + status + "\", the status, did not end within the timeout and was ended");
			}
			return end != ToolProcess.End.EXITED || process.exitCode() != 0;
		}
		catch (IOException ex) {
			notes.accept("\"" + status + "\", the status, cannot be run: " + ex.getMessage());
			return true;
		}
	}

	void cancel() {
		this.cancelled = true;
		ToolProcess process = this.running;
		if (process != null) {
			process.cancel();
		}
	}

	private @Nullable MigrationError error(RunListener listener) {
		try (ProgramLogin login = login()) {
			Secret password = login.settings().password();
			ToolProcess process = start(this.tool.run(), login,
					(line) -> listener.printed(this.service, withoutSecret(line, password)));
			ToolProcess.End end = process.await(this.tool.timeout());
			List<String> printed = process.printed().stream().map((line) -> withoutSecret(line, password)).toList();
			return switch (end) {
				case EXITED -> (process.exitCode() == 0) ? null : this.failure.exited(process.exitCode(), printed);
				case TIMED_OUT -> this.failure.timedOut(printed);
				case CANCELLED -> this.failure.interrupted(printed);
			};
		}
		catch (IOException ex) {
			return this.failure.notStarted(String.valueOf(ex.getMessage()));
		}
	}

	private ProgramLogin login() {
		return this.database.isolation().login(this.service.schema(), this.tool.timeout().plus(MARGIN));
	}

	private ToolProcess start(List<String> command, ProgramLogin login, Consumer<String> listener) throws IOException {
		List<String> found = new ArrayList<>(command);
		found.set(0, String.valueOf(program(command.get(0))));
		ToolProcess process = new ToolProcess(found, this.tool.folder(),
				ToolEnvironment.of(this.service, login.settings(), this.surroundings), listener);
		this.running = process;
		if (this.cancelled) {
			process.cancel();
		}
		return process;
	}

	/**
	 * Where a program lies: below the service's folder if its name is a path.
	 */
	private @Nullable Path program(String name) {
		if (!ForeignTool.isPath(name)) {
			return ProgramPath.of(this.surroundings).find(name).orElse(null);
		}
		Path file = this.tool.program(name);
		return (file != null && Files.isRegularFile(file) && Files.isExecutable(file)) ? file : null;
	}

	private CatalogSnapshot snapshot() {
		return this.database.snapshot(List.of(this.service.schema()));
	}

	private static MigrationEngine.Result failed(MigrationError error, long millis) {
		return new MigrationEngine.Result(List.of(), List.of(new MigrationEngine.FailedAttempt(error, millis)), error);
	}

	/**
	 * A tool may print the address that it was given.
	 */
	private static String withoutSecret(String line, @Nullable Secret password) {
		if (password == null || password.value().isEmpty()) {
			return line;
		}
		return line.replace(password.value(), password.toString())
			.replace(ToolEnvironment.encoded(password.value()), password.toString());
	}

}
