package dev.skein.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.RunKey;

/**
 * Finds out through another session whether a commit whose answer was lost took place.
 * The server may still be at it, so the session that sent it has to be gone before.
 */
enum CommitOutcome {

	/** The file's row is in the ledger. */
	COMMITTED,
	/** Its session is gone, and there is no row. */
	ROLLED_BACK,
	/** The server does not answer, or the session has not ended. */
	UNKNOWN;

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Duration PAUSE = Duration.ofMillis(100);

	private static final String QUERY = """
			SELECT EXISTS (SELECT FROM pg_catalog.pg_stat_activity WHERE pid = ?),
			    EXISTS (SELECT FROM skein.schema_migrations
			        WHERE run = ? AND service = ? AND filename = ? AND kind = ? AND success)""";

	/**
	 * Asks until it is known, for a few seconds.
	 * @param process the session that sent the commit; 0 if it goes on, since the server
	 * answered with an error
	 */
	static CommitOutcome of(SessionSource source, int process, RunKey run, ServiceDefinition service,
			FileAttempt.Pending pending) {
		Instant deadline = Instant.now().plus(PATIENCE);
		do {
			CommitOutcome outcome = ask(source, process, run, service, pending);
			if (outcome != UNKNOWN) {
				return outcome;
			}
		}
		while (pause() && Instant.now().isBefore(deadline));
		return UNKNOWN;
	}

	private static CommitOutcome ask(SessionSource source, int process, RunKey run, ServiceDefinition service,
			FileAttempt.Pending pending) {
		AppliedFile file = pending.file();
		try (Connection own = source.own(); PreparedStatement statement = own.prepareStatement(QUERY)) {
			statement.setInt(1, process);
			statement.setObject(2, run.run());
			statement.setString(3, service.name().value());
			statement.setString(4, file.migration().script().name());
			statement.setString(5, pending.task().kind().label());
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getBoolean(2) ? COMMITTED : row.getBoolean(1) ? UNKNOWN : ROLLED_BACK;
			}
		}
		catch (SQLException ex) {
			return UNKNOWN;
		}
	}

	private static boolean pause() {
		try {
			Thread.sleep(PAUSE.toMillis());
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
