package dev.skein.postgres;

import java.sql.SQLException;

import dev.skein.migration.BackupFailedException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Says why a backup was not restored, and what to do.
 */
final class RestorationFailure {

	private RestorationFailure() {
	}

	/**
	 * Whoever loses the connection while it commits cannot know which way it went.
	 */
	static BackupFailedException inCommit(SQLException cause) {
		return new BackupFailedException(
				"the restore may or may not be done: its commit was not confirmed: " + ConnectionFailure.reason(cause),
				"all of it was restored, or nothing: see skein status", cause);
	}

	static BackupFailedException of(SQLException cause) {
		String reason = ConnectionFailure.reason(cause);
		PSQLException answer = (cause instanceof PSQLException sql) ? sql : null;
		if (answer == null && cause.getCause() instanceof PSQLException sql) {
			answer = sql;
			reason += ": " + ConnectionFailure.reason(sql);
		}
		ServerErrorMessage server = (answer == null) ? null : answer.getServerErrorMessage();
		if (server != null && server.getDetail() != null) {
			reason += "; " + server.getDetail();
		}
		if (server != null && server.getWhere() != null) {
			reason += "; " + server.getWhere().lines().findFirst().orElse("");
		}
		String state = String.valueOf(cause.getSQLState());
		String hint = switch (state) {
			case "42704" -> reason.contains("role \"") ? "create that role, then run again"
					: "what the backup needs is not here: is it of a service that the catalog does not know?";
			case "23503" -> "restore the service of that table, too";
			case "42501" -> "restore as the user who migrates, or as a superuser";
			case "53200" -> "raise max_locks_per_transaction, or restore service by service with --service";
			case "57014" -> null;
			default -> "PostgreSQL's error code is " + state + ", its log says more";
		};
		return new BackupFailedException("the backup was not restored, and nothing was changed: " + reason, hint,
				cause);
	}

}
