package dev.skein.cli;

import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;

class EmbeddedIsolationTests extends IsolationContract {

	@Override
	TestDatabase freshDatabase() {
		return TestServer.freshDatabase();
	}

}
