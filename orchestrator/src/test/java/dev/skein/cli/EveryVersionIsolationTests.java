package dev.skein.cli;

import java.nio.file.Path;

import dev.skein.testing.ArchivedServers;
import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Roles on every version before the newest: who may grant what changed in 16.
 */
@EnabledIf("dev.skein.testing.ArchivedServers#areThere")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.skein.testing.ArchivedServers#archives")
class EveryVersionIsolationTests extends IsolationContract {

	private final Path archive;

	EveryVersionIsolationTests(Path archive) {
		this.archive = archive;
	}

	@Override
	TestDatabase freshDatabase() {
		return ArchivedServers.freshDatabase(this.archive);
	}

}
