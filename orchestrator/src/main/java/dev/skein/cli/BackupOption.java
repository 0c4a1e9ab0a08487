package dev.skein.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.skein.backup.Archive;
import dev.skein.backup.Backup;
import dev.skein.backup.PostgresPrograms;
import dev.skein.catalog.SchemaName;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.Losses;
import org.jspecify.annotations.Nullable;

/**
 * A backup that a destructive command takes first. {@link #begin} before the question,
 * {@link #take} after it, under the run lock.
 */
final class BackupOption implements Options {

	private @Nullable Path file;

	private final ProgramOptions programs = new ProgramOptions();

	private @Nullable PostgresPrograms found;

	@Override
	public void declare(Arguments arguments) {
		arguments
			.option("--backup", "FILE",
					"Take a backup first, of everything that may be lost. If it fails, nothing is touched.")
			.as(Path.class, (path) -> this.file = path);
		arguments.add(this.programs);
	}

	boolean isAsked() {
		return this.file != null;
	}

	/**
	 * Refuses what can be refused before anything is asked. Where none was asked for, one
	 * could be taken, and somebody is about to be asked, says how.
	 */
	void begin(Session session, Confirmation confirmation, Surroundings surroundings) {
		if (this.file != null) {
			requireNew(this.file, "give another name: --backup never replaces a file");
			this.found = this.programs.find(session, surroundings);
			this.found.requireDump();
			return;
		}
		if (confirmation.isGiven()) {
			return;
		}
		try {
			this.programs.find(session, surroundings).requireDump();
			surroundings.say("Take a backup first: --backup FILE");
		}
		catch (CannotStartException ex) {
			// Whoever has no fitting pg_dump needs no advice to use it.
		}
	}

	/**
	 * Takes it, if it was asked for.
	 * @param losses what may be lost
	 */
	void take(Session session, SkeinCommand skein, Losses losses) {
		if (this.file == null || this.found == null) {
			return;
		}
		List<String> schemas = new ArrayList<>();
		losses.schemas()
			.stream()
			.filter((loss) -> !loss.schema().equals(SchemaName.PUBLIC.value()) || loss.tables() > 0)
			.forEach((loss) -> schemas.add(loss.schema()));
		schemas.add(SchemaName.LEDGER.value());
		Archive archive = take(session, skein, this.found, schemas, this.file, false);
		skein.surroundings().say(BackupCommand.text(this.file, archive, BackupCommand.size(this.file)));
	}

	static Archive take(Session session, SkeinCommand skein, PostgresPrograms programs, List<String> schemas, Path file,
			boolean force) {
		skein.surroundings().say("Backing up " + Plural.of(schemas.size(), "schema") + " to " + file);
		Thread command = Thread.currentThread();
		skein.interruption().onSignal(programs::cancel);
		try {
			List<String> extensions = session.database()
				.restoration()
				.extensions(schemas.stream().map(SchemaName::new).toList());
			return new Backup(programs, session.settings()).take(schemas, extensions, file, force,
					session.database().ledger().closed());
		}
		finally {
			skein.interruption().onSignal(command::interrupt);
		}
	}

	static void requireNew(Path file, String way) {
		if (Files.exists(file)) {
			throw new UsageException("\"" + file + "\" is there already; nothing was touched", way);
		}
	}

}
