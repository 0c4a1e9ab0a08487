package dev.skein.schematest;

import java.nio.file.Path;
import java.util.Map;

import dev.skein.embedded.EmbeddedPostgres;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.ConnectionSettings;
import org.jspecify.annotations.Nullable;

/**
 * Where a server comes from.
 */
interface Host {

	/** The system property that names the folder of the embedded server. */
	String HOME = "skein.test.home";

	ConnectionSettings settings(String database);

	void close();

	/**
	 * The embedded server of this machine's user. All JVMs that test use one, the last
	 * one stops it, and its folder is kept: programs, data and templates need not be made
	 * again for each module, nor after {@code mvn clean}.
	 */
	static Host embedded() {
		Path home = home(System.getProperty(HOME), System.getenv(), System.getProperty("user.home"));
		EmbeddedPostgres server = start(home);
		return new Host() {

			@Override
			public ConnectionSettings settings(String database) {
				return server.settings(database);
			}

			@Override
			public void close() {
				server.close();
			}

		};
	}

	/**
	 * A server in a container, for this JVM alone.
	 */
	static Host container(String image) {
		try {
			return new ContainerHost(image);
		}
		catch (NoClassDefFoundError ex) {
			throw new IllegalStateException("server = CONTAINER needs Testcontainers: add the dependency"
					+ " org.testcontainers:testcontainers-postgresql with scope test", ex);
		}
	}

	static Path home(@Nullable String given, Map<String, String> environment, String userHome) {
		if (given != null) {
			return Path.of(given);
		}
		String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
		return (cache.isEmpty() ? Path.of(userHome, ".cache") : Path.of(cache)).resolve("skein").resolve("schema-test");
	}

	private static EmbeddedPostgres start(Path home) {
		try {
			return EmbeddedPostgres.start(home.toAbsolutePath(),
					(line) -> System.getLogger("dev.skein.schematest").log(System.Logger.Level.INFO, line));
		}
		catch (CannotStartException ex) {
			throw new IllegalStateException(ex.getMessage() + "\n  delete " + home
					+ ", which holds nothing but databases of tests, or name another folder: -D" + HOME + "=FOLDER",
					ex);
		}
	}

}
