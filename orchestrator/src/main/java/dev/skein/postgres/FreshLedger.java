package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;

/**
 * Makes a ledger from nothing: all its files in one transaction, with the rows that
 * Flyway would have written. Every new database waits for that; Flyway takes a tenth of a
 * second to get going and several round trips for each file. What a later Skein adds,
 * Flyway applies.
 */
final class FreshLedger {

	private static final String ROWS = """
			INSERT INTO flyway_schema_history
			    (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
			SELECT rank, version, description, 'SQL', script, checksum, current_user, 0, true
			FROM unnest(?::text[], ?::text[], ?::text[], ?::integer[])
			    WITH ORDINALITY AS file (version, description, script, checksum, rank)""";

	private final Connection connection;

	FreshLedger(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Makes it, all or nothing.
	 * @param ledger the ledger, whose schema and empty history are there
	 */
	void create(ServiceDefinition ledger) throws SQLException {
		this.connection.setAutoCommit(false);
		try (Statement statement = this.connection.createStatement();
				PreparedStatement rows = this.connection.prepareStatement(ROWS)) {
			StringBuilder sql = new StringBuilder(
					"SET LOCAL search_path = " + Identifier.quote(ledger.schema()) + ", extensions;\n");
			ledger.versioned().forEach((file) -> sql.append(file.script().text()));
			statement.execute(sql.toString());
			set(rows, 1, "text", ledger, Migration::version);
			set(rows, 2, "text", ledger, Migration::description);
			set(rows, 3, "text", ledger, (file) -> file.script().name());
			set(rows, 4, "integer", ledger, (file) -> file.script().checksum());
			rows.execute();
			this.connection.commit();
		}
		finally {
			// Nothing is left to roll back after the commit.
			this.connection.rollback();
			this.connection.setAutoCommit(true);
		}
	}

	private void set(PreparedStatement rows, int parameter, String type, ServiceDefinition ledger,
			Function<Migration, Object> column) throws SQLException {
		List<String> values = ledger.versioned().stream().map(column).map(String::valueOf).toList();
		rows.setArray(parameter, this.connection.createArrayOf(type, values.toArray()));
	}

}
