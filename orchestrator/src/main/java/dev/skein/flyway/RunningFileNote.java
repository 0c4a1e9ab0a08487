package dev.skein.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AttemptKind;

/**
 * Notes in the ledger that a file runs, so that the next run records its failure if this
 * one is killed or loses its server. The run takes its notes away when it ends.
 *
 * @param run the run
 * @param kind what its files are to do
 */
record RunningFileNote(UUID run, AttemptKind kind) {

	/** Nothing for a run that another one took for dead. */
	private static final String NOTE = """
			INSERT INTO skein.running_files (run, service, version, filename, checksum, kind, began_at)
			SELECT id, ?, ?, ?, ?, ?, clock_timestamp() - ? * interval '1 millisecond'
			FROM skein.runs WHERE id = ? AND ended_at IS NULL
			ON CONFLICT (run, service, filename, kind) DO UPDATE SET began_at = excluded.began_at""";

	/**
	 * Writes it down.
	 * @param runningMillis for how long the file has run, in milliseconds
	 */
	void write(Connection connection, ServiceDefinition service, Migration file, long runningMillis)
			throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
			statement.setString(1, service.name().value());
			statement.setString(2, (file.version() == null) ? null : file.version().toString());
			statement.setString(3, file.script().name());
			statement.setInt(4, file.script().checksum());
			statement.setString(5, this.kind.label());
			statement.setLong(6, runningMillis);
			statement.setObject(7, this.run);
			statement.execute();
		}
	}

}
