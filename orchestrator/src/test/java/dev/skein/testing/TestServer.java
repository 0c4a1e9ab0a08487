package dev.skein.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.skein.embedded.EmbeddedPostgres;
import dev.skein.embedded.OpenServer;
import dev.skein.migration.ConnectionSettings;

/**
 * One embedded server for all tests of a JVM, stopped at its end; each test takes a
 * database of its own.
 */
public final class TestServer {

	private static final AtomicInteger NEXT = new AtomicInteger();

	private static final EmbeddedPostgres SERVER = start();

	private TestServer() {
	}

	public static TestDatabase freshDatabase() {
		return freshDatabase("test_" + ProcessHandle.current().pid() + "_" + NEXT.incrementAndGet());
	}

	/**
	 * A fresh database as somebody would have it who was given a server, not the embedded
	 * one.
	 */
	public static TestDatabase freshDatabase(String name) {
		try (Connection connection = maintenance().connect(); Statement statement = connection.createStatement()) {
			statement.execute("DROP DATABASE IF EXISTS \"" + name + "\" WITH (FORCE)");
			statement.execute("CREATE DATABASE \"" + name + "\"");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return database(name);
	}

	/**
	 * A fresh database "app" and its administrator, as the pages of the documentation
	 * show them.
	 */
	public static TestDatabase databaseOfAnAdministrator() {
		return maintenance().databaseOfAnAdministrator();
	}

	public static void dropDatabase(TestDatabase database) {
		maintenance().execute("DROP DATABASE \"" + database.settings().database() + "\" WITH (FORCE)");
	}

	private static TestDatabase maintenance() {
		return database("postgres");
	}

	private static TestDatabase database(String name) {
		ConnectionSettings settings = SERVER.settings(name);
		return new TestDatabase(
				new ConnectionSettings(settings.host(), settings.port(), name, settings.user(), null, Map.of(), false));
	}

	private static EmbeddedPostgres start() {
		EmbeddedPostgres server = OpenServer.start(TargetFolder.of("test-postgresql"));
		Runtime.getRuntime().addShutdownHook(new Thread(server::close));
		return server;
	}

}
