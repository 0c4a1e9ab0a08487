package dev.skein.cli;

import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;

class EmbeddedTakeoverTests extends TakeoverContract {

	@Override
	TestDatabase freshDatabase() {
		return TestServer.freshDatabase();
	}

}
