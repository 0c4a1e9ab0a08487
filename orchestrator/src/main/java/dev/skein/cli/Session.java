package dev.skein.cli;

import java.util.function.Consumer;

import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.MigrationOrchestrator;
import dev.skein.migration.PlatformDatabase;

/**
 * A command's connection to its database. Says first which one it is.
 */
final class Session implements AutoCloseable {

	private final Target target;

	private final PlatformDatabase database;

	private final MigrationOrchestrator orchestrator;

	private Session(Target target, PlatformDatabase database, MigrationOrchestrator orchestrator) {
		this.target = target;
		this.database = database;
		this.orchestrator = orchestrator;
	}

	static Session open(Backend backend, Surroundings surroundings, DatabaseOptions options) {
		Target target = Target.of(backend, surroundings, options);
		try {
			boolean embedded = target.settings().embedded();
			// That the embedded database is created is no news.
			Consumer<String> progress = embedded ? (line) -> {
			} : surroundings::say;
			PlatformDatabase database = backend.connect(target.settings(), options.wait,
					options.createDatabase || embedded, progress);
			surroundings.say("Database: " + database.identity());
			return new Session(target, database,
					new MigrationOrchestrator(database, backend.engine(target.settings())));
		}
		catch (RuntimeException ex) {
			target.close();
			throw ex;
		}
	}

	PlatformDatabase database() {
		return this.database;
	}

	DatabaseIdentity identity() {
		return this.database.identity();
	}

	MigrationOrchestrator orchestrator() {
		return this.orchestrator;
	}

	@Override
	public void close() {
		this.database.close();
		this.target.close();
	}

}
