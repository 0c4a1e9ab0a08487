package dev.skein.cli;

import java.util.Optional;

import dev.skein.migration.ConnectionSettings;
import org.jspecify.annotations.Nullable;

/**
 * The database that a command works on: the one that was given, or the embedded one,
 * whose server runs until this is closed.
 *
 * @param settings how to reach it
 * @param server the embedded server; {@code null} if another database was given
 */
record Target(ConnectionSettings settings, Backend.@Nullable EmbeddedServer server) implements AutoCloseable {

	private static final String EMBEDDED_DATABASE = "skein";

	static Target of(Backend backend, Surroundings surroundings, AddressOptions options) {
		Optional<ConnectionSettings> given = options.given(surroundings.environment());
		if (given.isPresent()) {
			return new Target(given.get(), null);
		}
		Backend.EmbeddedServer server = backend.embedded(surroundings.home(), surroundings::say);
		return new Target(server.settings(EMBEDDED_DATABASE), server);
	}

	@Override
	public void close() {
		if (this.server != null) {
			this.server.close();
		}
	}

}
