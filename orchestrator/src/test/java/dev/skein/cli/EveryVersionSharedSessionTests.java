package dev.skein.cli;

import java.nio.file.Path;

import dev.skein.testing.ArchivedServers;
import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sessions that services share on every version before the newest: what a grant may say
 * changed in 16.
 */
@EnabledIf("dev.skein.testing.ArchivedServers#areThere")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.skein.testing.ArchivedServers#archives")
class EveryVersionSharedSessionTests extends SharedSessionContract {

	private final Path archive;

	EveryVersionSharedSessionTests(Path archive) {
		this.archive = archive;
	}

	@Override
	TestDatabase freshDatabase() {
		return ArchivedServers.freshDatabase(this.archive);
	}

}
