package dev.skein.cli;

import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;

class EmbeddedSharedSessionTests extends SharedSessionContract {

	@Override
	TestDatabase freshDatabase() {
		return TestServer.freshDatabase();
	}

}
