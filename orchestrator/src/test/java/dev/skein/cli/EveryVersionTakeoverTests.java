package dev.skein.cli;

import java.nio.file.Path;

import dev.skein.testing.ArchivedServers;
import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Taking over on every version before the newest: what may change its owner, and with
 * what, differs.
 */
@EnabledIf("dev.skein.testing.ArchivedServers#areThere")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.skein.testing.ArchivedServers#archives")
class EveryVersionTakeoverTests extends TakeoverContract {

	private final Path archive;

	EveryVersionTakeoverTests(Path archive) {
		this.archive = archive;
	}

	@Override
	TestDatabase freshDatabase() {
		return ArchivedServers.freshDatabase(this.archive);
	}

}
