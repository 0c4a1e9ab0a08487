package dev.skein.postgres;

import java.nio.file.Path;

import dev.skein.testing.ArchivedServers;
import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Snapshots on every version before the newest: their catalogs differ.
 */
@EnabledIf("dev.skein.testing.ArchivedServers#areThere")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.skein.testing.ArchivedServers#archives")
class EveryVersionSnapshotTests extends SnapshotContract {

	private final Path archive;

	EveryVersionSnapshotTests(Path archive) {
		this.archive = archive;
	}

	@Override
	TestDatabase freshDatabase() {
		return ArchivedServers.freshDatabase(this.archive);
	}

}
