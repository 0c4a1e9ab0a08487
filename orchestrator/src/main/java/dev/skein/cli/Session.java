package dev.skein.cli;

import java.util.function.Consumer;

import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.MigrationOrchestrator;
import dev.skein.migration.PlatformDatabase;

/**
 * A command's connection to its database. Says first which one it is.
 */
final class Session implements AutoCloseable {

	private final Target target;

	private final PlatformDatabase database;

	private final MigrationEngine engine;

	private final MigrationOrchestrator orchestrator;

	private Session(Target target, PlatformDatabase database, MigrationEngine engine,
			MigrationOrchestrator orchestrator) {
		this.target = target;
		this.database = database;
		this.engine = engine;
		this.orchestrator = orchestrator;
	}

	static Session open(Backend backend, Surroundings surroundings, DatabaseOptions options) {
		Target target = Target.of(backend, surroundings, options);
		try {
			boolean embedded = target.settings().embedded();
			// That the embedded database is created is no news.
			Consumer<String> progress = embedded ? (line) -> {
			} : surroundings::say;
			Backend.Platform platform = backend.connect(target.settings(), options.wait,
					options.createDatabase || embedded, progress);
			surroundings.say("Database: " + platform.database().identity());
			return new Session(target, platform.database(), platform.engine(),
					new MigrationOrchestrator(platform.database(), platform.engine()));
		}
		catch (RuntimeException ex) {
			target.close();
			throw ex;
		}
	}

	ConnectionSettings settings() {
		return this.target.settings();
	}

	PlatformDatabase database() {
		return this.database;
	}

	DatabaseIdentity identity() {
		return this.database.identity();
	}

	MigrationEngine engine() {
		return this.engine;
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
