package dev.skein.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A fresh database for each start, on a quiet disk, and nothing left behind. The end of
 * the process may come from another thread.
 */
final class TestBed implements AutoCloseable {

	private final Address server;

	private final @Nullable TemporaryServer own;

	private final String database;

	private final String roles;

	private final boolean hadGroup;

	private boolean closed;

	/**
	 * A place for databases.
	 * @param server where
	 * @param own that server, if it can be made new each time
	 * @param prefix begins the names of all services
	 */
	TestBed(Address server, @Nullable TemporaryServer own, String prefix) {
		this.server = server;
		this.own = own;
		this.database = Platform.schema(prefix);
		this.roles = "rolname ~ '^(skein_)?" + Platform.schema(prefix) + "_'";
		this.hadGroup = !query(server, "SELECT 1 FROM pg_roles WHERE rolname = 'all_skein_services'").isEmpty();
	}

	/**
	 * Creates the database and has everything written down that was written before.
	 * @return its address
	 */
	synchronized Address create() {
		if (this.closed) {
			throw new BenchmarkException("the benchmark was ended");
		}
		if (this.own != null) {
			this.own.renew();
		}
		else {
			drop();
		}
		execute(this.server, "CREATE DATABASE " + this.database, "CHECKPOINT");
		Installed.onPath("sync").ifPresent((sync) -> Answer.of(sync.toString()));
		return this.server.withDatabase(this.database);
	}

	/**
	 * Takes away what was made, on a server that has to go on without it.
	 */
	synchronized void drop() {
		if (this.own != null) {
			return;
		}
		execute(this.server, "DROP DATABASE IF EXISTS " + this.database + " WITH (FORCE)");
		List<String> made = query(this.server, "SELECT quote_ident(rolname) FROM pg_roles WHERE " + this.roles
				+ (this.hadGroup ? "" : " OR rolname = 'all_skein_services'"));
		if (!made.isEmpty()) {
			execute(this.server, "DROP ROLE " + String.join(", ", made));
		}
	}

	/**
	 * Makes sure that a contestant has earned its time.
	 * @throws BenchmarkException if it has not
	 */
	void check(Platform platform, Scenario scenario, Contestant contestant) {
		String here = " WHERE table_schema LIKE '" + Platform.schema(platform.prefix()) + "%'";
		int tables = count("information_schema.tables" + here + " AND table_name IN ('a', 'b', 'c')");
		int late = count("information_schema.columns" + here + " AND table_name = 'a' AND column_name = '"
				+ platform.pendingColumn() + "'");
		int promised = platform.size() * platform.tables().size();
		int expectedLate = (scenario == Scenario.PENDING) ? 1 : 0;
		if (tables != promised || late != expectedLate) {
			throw new BenchmarkException("%s, %s: %d of %d tables and %d of %d late columns are there"
				.formatted(contestant.label(), scenario, tables, promised, late, expectedLate));
		}
	}

	/**
	 * Has the server log every statement that reaches the database from now on.
	 */
	void logStatements() {
		execute(this.server, "ALTER DATABASE " + this.database + " SET log_statement = 'all'");
	}

	Address server() {
		return this.server;
	}

	String setting(String name) {
		return query(this.server, "SHOW " + name).get(0);
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		drop();
	}

	private int count(String from) {
		return Integer.parseInt(query(this.server.withDatabase(this.database), "SELECT count(*) FROM " + from).get(0));
	}

	private static void execute(Address address, String... commands) {
		try (Connection connection = connect(address); Statement statement = connection.createStatement()) {
			for (String command : commands) {
				statement.execute(command);
			}
		}
		catch (SQLException ex) {
			throw new BenchmarkException("the server at " + address + " refused", ex);
		}
	}

	private static List<String> query(Address address, String sql) {
		try (Connection connection = connect(address);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			List<String> values = new ArrayList<>();
			while (rows.next()) {
				values.add(rows.getString(1));
			}
			return values;
		}
		catch (SQLException ex) {
			throw new BenchmarkException("the server at " + address + " refused", ex);
		}
	}

	private static Connection connect(Address address) throws SQLException {
		return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
	}

}
