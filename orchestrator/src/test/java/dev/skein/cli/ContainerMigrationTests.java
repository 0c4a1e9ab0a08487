package dev.skein.cli;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Secret;
import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The contract in a container, where an engine answers.
 */
@EnabledIf("engineAnswers")
class ContainerMigrationTests extends MigrationContract {

	private static final AtomicInteger NEXT = new AtomicInteger();

	private static final PostgreSQLContainer SERVER = new PostgreSQLContainer("postgres:17");

	static boolean engineAnswers() {
		boolean answers = DockerClientFactory.instance().isDockerAvailable();
		if (!answers) {
			System.out.println("SKIPPED: no container engine answers, so the contract is not run on postgres:17");
		}
		return answers;
	}

	@BeforeAll
	static void start() {
		SERVER.start();
	}

	@AfterAll
	static void stop() {
		SERVER.stop();
	}

	@Override
	TestDatabase freshDatabase() {
		String name = "test_" + NEXT.incrementAndGet();
		settings(SERVER.getDatabaseName()).execute("CREATE DATABASE " + name);
		return settings(name);
	}

	private static TestDatabase settings(String database) {
		return new TestDatabase(new ConnectionSettings(SERVER.getHost(), SERVER.getMappedPort(5432), database,
				SERVER.getUsername(), new Secret(SERVER.getPassword()), Map.of(), false));
	}

}
