package dev.skein.cli;

import java.util.Optional;

import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.MigrationOrchestrator;
import dev.skein.migration.PlatformDatabase;
import org.jspecify.annotations.Nullable;

/**
 * A command's connection to its database. Says first which one it is.
 */
final class Session implements AutoCloseable {

	private static final String EMBEDDED_DATABASE = "skein";

	private final Backend.@Nullable EmbeddedServer server;

	private final ConnectionSettings settings;

	private final PlatformDatabase database;

	private final MigrationOrchestrator orchestrator;

	private Session(Backend.@Nullable EmbeddedServer server, ConnectionSettings settings, PlatformDatabase database,
			MigrationOrchestrator orchestrator) {
		this.server = server;
		this.settings = settings;
		this.database = database;
		this.orchestrator = orchestrator;
	}

	static Session open(Backend backend, Surroundings surroundings, DatabaseOptions options) {
		Optional<ConnectionSettings> given = options.given(surroundings.environment());
		Backend.EmbeddedServer server = given.isPresent() ? null
				: backend.embedded(surroundings.home(), surroundings::say);
		try {
			ConnectionSettings settings = (server == null) ? given.orElseThrow() : server.settings(EMBEDDED_DATABASE);
			boolean create = options.createDatabase || server != null;
			PlatformDatabase database = backend.connect(settings, options.wait, create,
					(server == null) ? surroundings::say : (line) -> {
					});
			surroundings.say("Database: " + database.identity());
			return new Session(server, settings, database,
					new MigrationOrchestrator(database, backend.engine(settings)));
		}
		catch (RuntimeException ex) {
			if (server != null) {
				server.close();
			}
			throw ex;
		}
	}

	ConnectionSettings settings() {
		return this.settings;
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
		if (this.server != null) {
			this.server.close();
		}
	}

}
