package dev.skein.cli;

import dev.skein.testing.ContainerServer;
import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Roles in a container, where passwords count, and where an engine answers.
 */
@EnabledIf("dev.skein.testing.ContainerServer#engineAnswers")
class ContainerIsolationTests extends IsolationContract {

	@BeforeAll
	static void start() {
		ContainerServer.start();
	}

	@AfterAll
	static void stop() {
		ContainerServer.stop();
	}

	@Override
	TestDatabase freshDatabase() {
		return ContainerServer.freshDatabase();
	}

}
