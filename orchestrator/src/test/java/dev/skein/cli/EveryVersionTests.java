package dev.skein.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.skein.embedded.PrivateServer;
import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract on every version before the newest, where the Maven profile
 * {@code all-postgresql} laid their programs down.
 */
@EnabledIf("areThere")
@ParameterizedClass(name = "{0}")
@MethodSource("archives")
class EveryVersionTests extends MigrationContract {

	private static final Path ARCHIVES = Path.of("target/postgresql-archives");

	private static final Map<Path, PrivateServer> SERVERS = new HashMap<>();

	private final Path archive;

	EveryVersionTests(Path archive) {
		this.archive = archive;
	}

	static boolean areThere() {
		boolean there = Files.isDirectory(ARCHIVES);
		if (!there) {
			System.out.println("SKIPPED: the contract is run on the newest PostgreSQL only; all of them: mvn verify"
					+ " -P all-postgresql");
		}
		return there;
	}

	static List<Path> archives() throws IOException {
		try (Stream<Path> files = Files.list(ARCHIVES)) {
			return files.sorted().toList();
		}
	}

	@AfterAll
	static void stop() throws IOException {
		for (PrivateServer server : SERVERS.values()) {
			server.close();
		}
	}

	@Test
	void runsOnTheVersionOfItsArchive() {
		String version = this.database.query("SHOW server_version").get(0);
		assertThat(this.archive.toString()).endsWith("-" + version + ".0.jar");
	}

	@Override
	TestDatabase freshDatabase() {
		return SERVERS.computeIfAbsent(this.archive.toAbsolutePath(), EveryVersionTests::start).freshDatabase();
	}

	private static PrivateServer start(Path archive) {
		try {
			return PrivateServer.of(archive, Path.of("target/every-postgresql"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
