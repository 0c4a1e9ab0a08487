package dev.skein.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import org.flywaydb.core.api.FlywayException;

/**
 * Writes a success into the ledger, in the transaction of the migration: both are there,
 * or none is. A file that runs outside a transaction has its row as soon as it is done.
 */
final class LedgerRow {

	private static final String SUCCESS = """
			INSERT INTO skein.schema_migrations
			    (service, version, filename, checksum, execution_time_ms, success, run)
			VALUES (?, ?, ?, ?, ?, true, ?)""";

	private LedgerRow() {
	}

	static void write(Connection connection, UUID run, ServiceDefinition service, AppliedFile file) {
		Migration migration = file.migration();
		try (PreparedStatement statement = connection.prepareStatement(SUCCESS)) {
			statement.setString(1, service.name().value());
			statement.setString(2, (migration.version() == null) ? null : migration.version().toString());
			statement.setString(3, migration.script().name());
			statement.setInt(4, migration.script().checksum());
			statement.setLong(5, file.durationMillis());
			statement.setObject(6, run);
			statement.executeUpdate();
		}
		catch (SQLException ex) {
			throw new FlywayException("the ledger refused the row of " + migration.script().name(), ex);
		}
	}

}
