package dev.skein.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * A database with the orchestrator's own ledger, and histories that a test writes.
 *
 * @param url its address
 */
record TestLedger(String url) {

	private static final AtomicInteger NEXT = new AtomicInteger();

	private static final EmbeddedPostgres SERVER = start();

	static TestLedger withoutLedger() {
		String name = "gate_" + NEXT.incrementAndGet();
		server().execute("CREATE DATABASE " + name);
		return new TestLedger("jdbc:postgresql://localhost:" + SERVER.getPort() + "/" + name);
	}

	static TestLedger fresh() {
		TestLedger ledger = withoutLedger();
		ledger.execute("CREATE SCHEMA skein");
		try {
			Resource[] files = new PathMatchingResourcePatternResolver().getResources("classpath:ledger/V*.sql");
			Arrays.sort(files, Comparator.comparing((file) -> Objects.requireNonNull(file.getFilename())));
			for (Resource file : files) {
				ledger.execute("SET search_path = skein; " + file.getContentAsString(StandardCharsets.UTF_8));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return ledger;
	}

	/**
	 * As Flyway leaves a schema at a version.
	 */
	TestLedger migrated(String service, String schema, String version) {
		execute("CREATE SCHEMA IF NOT EXISTS " + schema + "; CREATE TABLE IF NOT EXISTS " + schema
				+ ".flyway_schema_history (version varchar(50), success boolean NOT NULL);" + " DELETE FROM " + schema
				+ ".flyway_schema_history; INSERT INTO " + schema + ".flyway_schema_history VALUES ('" + version
				+ "', true); DELETE FROM skein.services; INSERT INTO skein.services VALUES ('" + service + "', '"
				+ schema + "')");
		return this;
	}

	void execute(String sql) {
		try (Connection connection = DriverManager.getConnection(this.url, "postgres", "");
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

	/**
	 * Everything that is not PostgreSQL's own.
	 */
	List<String> objects() {
		List<String> objects = new ArrayList<>();
		try (Connection connection = DriverManager.getConnection(this.url, "postgres", "");
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT n.nspname || '.' || c.relname FROM pg_class c"
						+ " JOIN pg_namespace n ON n.oid = c.relnamespace"
						+ " WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY 1")) {
			while (row.next()) {
				objects.add(row.getString(1));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return objects;
	}

	private static TestLedger server() {
		return new TestLedger("jdbc:postgresql://localhost:" + SERVER.getPort() + "/postgres");
	}

	private static EmbeddedPostgres start() {
		try {
			return EmbeddedPostgres.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
