package dev.skein.flyway;

import java.sql.SQLException;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.MigrationError;
import org.jspecify.annotations.Nullable;

/**
 * Describes why a file failed, and how a table that exists already differs from what the
 * file would create.
 */
final class FailureDescription {

	private final ServiceDefinition service;

	private final WorkerSession session;

	private final SessionSource source;

	FailureDescription(ServiceDefinition service, WorkerSession session, SessionSource source) {
		this.service = service;
		this.session = session;
		this.source = source;
	}

	MigrationError of(Exception failure, @Nullable Migration file) {
		MigrationError error = FlywayFailure.describe(failure, file);
		if (!"42P07".equals(error.sqlState()) || file == null) {
			return error;
		}
		try {
			String differences = ExistingTable.differences(this.source, this.session.connection(),
					this.service.schema(), FlywayFailure.statement(failure, file));
			return (differences == null) ? error : error.withHint(error.hint() + "; " + differences);
		}
		catch (SQLException ex) {
			return error;
		}
	}

}
