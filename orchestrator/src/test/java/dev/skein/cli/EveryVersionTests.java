package dev.skein.cli;

import java.nio.file.Path;

import dev.skein.testing.ArchivedServers;
import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract on every version before the newest.
 */
@EnabledIf("dev.skein.testing.ArchivedServers#areThere")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.skein.testing.ArchivedServers#archives")
class EveryVersionTests extends MigrationContract {

	private final Path archive;

	EveryVersionTests(Path archive) {
		this.archive = archive;
	}

	@Test
	void runsOnTheVersionOfItsArchive() {
		String version = this.database.query("SHOW server_version").get(0);
		assertThat(this.archive.toString()).endsWith("-" + version + ".0.jar");
	}

	@Override
	TestDatabase freshDatabase() {
		return ArchivedServers.freshDatabase(this.archive);
	}

}
