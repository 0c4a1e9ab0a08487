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
			warn(surroundings, given.get());
			return new Target(given.get(), null);
		}
		Backend.EmbeddedServer server = backend.embedded(surroundings.home(), surroundings::say);
		return new Target(server.settings(EMBEDDED_DATABASE), server);
	}

	/**
	 * Says so in one line where a password is used with a server that might be any
	 * program.
	 */
	static void warn(Surroundings surroundings, ConnectionSettings settings) {
		if (settings.isPasswordAtRisk()) {
			surroundings.say("Warning: nothing verifies that the server of " + settings
					+ " is the one that the password is for: add sslmode=verify-full to the URL, and sslrootcert=FILE"
					+ " with the certificate that signed the server's; on a network that you trust,"
					+ " requireAuth=scram-sha-256");
		}
	}

	@Override
	public void close() {
		if (this.server != null) {
			this.server.close();
		}
	}

}
