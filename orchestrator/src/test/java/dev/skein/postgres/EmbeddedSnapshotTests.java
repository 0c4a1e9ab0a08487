package dev.skein.postgres;

import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;

class EmbeddedSnapshotTests extends SnapshotContract {

	@Override
	TestDatabase freshDatabase() {
		return TestServer.freshDatabase();
	}

}
