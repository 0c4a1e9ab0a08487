package dev.skein.flyway;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.RunKey;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.AttemptKind;
import org.flywaydb.core.api.FlywayException;

/**
 * Writes a success into the ledger, in the transaction of the migration: both are there,
 * or none is. A file that runs outside a transaction has its row as soon as it is done.
 * In the same breath it asks what else has to be known after a file.
 */
final class LedgerRow {

	private static final String SUCCESS = "SELECT current_user, " + ForeignKeyCasts.ANY
			+ ", skein.record_success(?, ?, ?, ?, ?, ?, ?, ?)";

	private LedgerRow() {
	}

	static void write(KeptConnection session, RunKey run, ServiceDefinition service, AttemptKind kind,
			AppliedFile file) {
		Migration migration = file.migration();
		try (PreparedStatement statement = session.repeatedAfter(SUCCESS)) {
			statement.setObject(1, run.run());
			statement.setString(2, run.token(service.name().value(), migration.script().name()).value());
			statement.setString(3, service.name().value());
			statement.setString(4, (migration.version() == null) ? null : migration.version().toString());
			statement.setString(5, migration.script().name());
			statement.setInt(6, migration.script().checksum());
			statement.setLong(7, file.durationMillis());
			statement.setString(8, kind.label());
			try (ResultSet row = KeptConnection.answer(statement)) {
				row.next();
				session.leftAtWork(row.getString(1));
				if (row.getBoolean(2) && session.isOwnRole()) {
					ForeignKeyCasts.refuse(session, service);
				}
			}
		}
		catch (SQLException ex) {
			throw new FlywayException("the ledger refused the row of " + migration.script().name(), ex);
		}
	}

}
