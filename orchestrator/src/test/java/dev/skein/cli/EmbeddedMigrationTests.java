package dev.skein.cli;

import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;

class EmbeddedMigrationTests extends MigrationContract {

	@Override
	TestDatabase freshDatabase() {
		return TestServer.freshDatabase();
	}

}
