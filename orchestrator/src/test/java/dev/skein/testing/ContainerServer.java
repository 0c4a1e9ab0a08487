package dev.skein.testing;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Secret;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * One PostgreSQL in a container for all tests of a JVM, with passwords; each test takes a
 * database of its own.
 */
public final class ContainerServer {

	private static final AtomicInteger NEXT = new AtomicInteger();

	private static final PostgreSQLContainer SERVER = new PostgreSQLContainer("postgres:17");

	private ContainerServer() {
	}

	public static boolean engineAnswers() {
		boolean answers = DockerClientFactory.instance().isDockerAvailable();
		if (!answers) {
			System.out.println("SKIPPED: no container engine answers, so the contracts are not run on postgres:17");
		}
		return answers;
	}

	public static void start() {
		SERVER.start();
	}

	public static void stop() {
		SERVER.stop();
	}

	public static TestDatabase freshDatabase() {
		String name = "test_" + NEXT.incrementAndGet();
		settings(SERVER.getDatabaseName()).execute("CREATE DATABASE " + name);
		return settings(name);
	}

	private static TestDatabase settings(String database) {
		return new TestDatabase(new ConnectionSettings(SERVER.getHost(), SERVER.getMappedPort(5432), database,
				SERVER.getUsername(), new Secret(SERVER.getPassword()), Map.of(), false));
	}

}
