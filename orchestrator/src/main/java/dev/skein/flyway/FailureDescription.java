package dev.skein.flyway;

import java.sql.SQLException;
import java.util.List;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.BlockingSession;
import dev.skein.migration.MigrationError;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Describes why a file failed: tells what the file says from what Skein sends around it,
 * and how a table that exists already differs from what the file would create.
 */
final class FailureDescription {

	private static final String DUPLICATE_TABLE = "42P07";

	private final ServiceDefinition service;

	private final WorkerSession session;

	private final SessionSource source;

	FailureDescription(ServiceDefinition service, WorkerSession session, SessionSource source) {
		this.service = service;
		this.session = session;
		this.source = source;
	}

	/**
	 * Describes it.
	 * @param task what the file was run for
	 * @param blockers the sessions that held the lock for which it waited
	 */
	MigrationError of(Exception failure, ScriptTask task, List<BlockingSession> blockers) {
		return describe(failure, task, blockers).error();
	}

	/**
	 * Describes it, with the statement that failed.
	 */
	MigrationFailure describe(Exception failure, ScriptTask task, List<BlockingSession> blockers) {
		FailedFile file = FailedFile.whole(task.script(), task.kind(), this.session.isOwnRole());
		MigrationFailure described = isOfFile(failure) ? MigrationFailure.inFile(failure, file)
				: MigrationFailure.inSetup(failure, task.script(), task.kind());
		if (DUPLICATE_TABLE.equals(described.sqlState())) {
			described = described.withDifferences(differences(described.statement()));
		}
		return described.withBlockers(blockers).ofService(this.service.name());
	}

	/**
	 * A rule may be deferred to the end of the file. What is refused without a code of
	 * PostgreSQL is the file, too.
	 */
	private static boolean isOfFile(Exception failure) {
		if (failure instanceof FailedFileException || failure instanceof FlywayException) {
			return true;
		}
		ServerErrorMessage server = (failure instanceof PSQLException postgres) ? postgres.getServerErrorMessage()
				: null;
		return server != null && String.valueOf(server.getSQLState()).matches("(23|40|P0)...")
				&& !HistoryTable.NAME.equals(server.getTable());
	}

	private @Nullable String differences(String statement) {
		try {
			return ExistingTable.differences(this.source, this.session.connection(), this.service.schema(), statement);
		}
		catch (SQLException ex) {
			return null;
		}
	}

}
