package dev.skein.cli;

import java.time.Duration;
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

	private final Backend backend;

	private final Target target;

	private Backend.Platform platform;

	private MigrationOrchestrator orchestrator;

	private Session(Backend backend, Target target, Backend.Platform platform) {
		this.backend = backend;
		this.target = target;
		this.platform = platform;
		this.orchestrator = new MigrationOrchestrator(platform.database(), platform.engine());
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
			return new Session(backend, target, platform);
		}
		catch (RuntimeException ex) {
			target.close();
			throw ex;
		}
	}

	/**
	 * Does something that bears no session in the database, and connects again.
	 */
	void away(Runnable something) {
		this.platform.database().close();
		try {
			something.run();
		}
		finally {
			this.platform = this.backend.connect(this.target.settings(), Duration.ZERO, false, (line) -> {
			});
			this.orchestrator = new MigrationOrchestrator(this.platform.database(), this.platform.engine());
		}
	}

	ConnectionSettings settings() {
		return database().settings();
	}

	PlatformDatabase database() {
		return this.platform.database();
	}

	DatabaseIdentity identity() {
		return database().identity();
	}

	MigrationEngine engine() {
		return this.platform.engine();
	}

	MigrationOrchestrator orchestrator() {
		return this.orchestrator;
	}

	@Override
	public void close() {
		database().close();
		this.target.close();
	}

}
