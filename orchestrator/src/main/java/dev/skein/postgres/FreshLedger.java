package dev.skein.postgres;

import java.sql.Array;
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
		Transaction.run(this.connection, () -> {
			apply(ledger);
			record(ledger.versioned());
		});
	}

	private void apply(ServiceDefinition ledger) throws SQLException {
		StringBuilder sql = new StringBuilder("SET LOCAL search_path = " + Identifier.quote(ledger.schema()) + ", "
				+ SchemaBootstrap.EXTENSIONS + ";\n");
		ledger.versioned().forEach((file) -> sql.append(file.script().text()));
		try (Statement statement = PlainStatement.on(this.connection)) {
			statement.execute(sql.toString());
		}
	}

	private void record(List<Migration> files) throws SQLException {
		try (PreparedStatement rows = this.connection.prepareStatement(ROWS)) {
			rows.setArray(1, column("text", files, Migration::version));
			rows.setArray(2, column("text", files, Migration::description));
			rows.setArray(3, column("text", files, (file) -> file.script().name()));
			rows.setArray(4, column("integer", files, (file) -> file.script().checksum()));
			rows.execute();
		}
	}

	private Array column(String type, List<Migration> files, Function<Migration, Object> value) throws SQLException {
		return this.connection.createArrayOf(type, files.stream().map(value).map(String::valueOf).toArray());
	}

}
