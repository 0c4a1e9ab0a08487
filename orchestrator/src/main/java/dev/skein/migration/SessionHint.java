package dev.skein.migration;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What to do about errors of the session, the server or a transaction, which say nothing
 * about the names and rows of a file.
 */
final class SessionHint {

	private SessionHint() {
	}

	/**
	 * What to do about an error in a file.
	 * @return {@code null} if it is none of the session
	 */
	static @Nullable String of(FailureCause.InFile cause) {
		FailureCause.FileAttempt attempt = cause.attempt();
		return switch (cause.sqlState()) {
			case "57014" -> cancelled(attempt);
			case "25001" -> activeTransaction(cause);
			case "2D000" ->
				"a procedure of this file commits, which it can outside a transaction only: if the file may run"
						+ " twice, put the line -- transaction: none before its first statement, then run again";
			case "25P04" -> timeout("transaction_timeout", attempt);
			case "25P03" -> timeout("idle_in_transaction_session_timeout", attempt);
			case "57P05" -> timeout("idle_session_timeout", attempt);
			default -> cause.sqlState().startsWith("08") ? connection(cause)
					: ofServer(cause.sqlState(), attempt.kind(), cause.routine(), HintText.ending(cause.blockers()));
		};
	}

	static String ofSetup(FailureCause.InSetup cause) {
		if (cause.error().sqlState().startsWith("08")) {
			return lost(cause.kind());
		}
		if (cause.error().sqlState().equals("57014")) {
			return "the statement was cancelled before the file was done; " + HintText.goesOn(cause.kind());
		}
		String hint = ofServer(cause.error().sqlState(), cause.kind(), cause.error().routine(),
				HintText.ending(cause.blockers()));
		if (hint != null) {
			return hint;
		}
		String own = "no file is at fault: a statement of Skein's own failed, which sets up the session or writes"
				+ " flyway_schema_history or the ledger";
		return cause.error().sqlState().equals("42501")
				? own + "; see who owns the schema and its history with \\dt SCHEMA.*, and give them back to Skein's"
						+ " roles with: skein isolation roles"
				: own + "; see the server's log for the statement, then " + HintText.again(cause.kind());
	}

	private static @Nullable String ofServer(String sqlState, AttemptKind kind, @Nullable String routine,
			String ending) {
		return switch (sqlState) {
			case "40P01" -> "two sessions waited for each other, and the server ended this one's statement: DETAIL"
					+ " names both; " + HintText.again(kind) + " when the other one is done" + ending;
			case "40001" -> "another transaction changed the same rows meanwhile: " + HintText.again(kind);
			case "55P03" -> "another session held the lock too long: end its transaction and " + HintText.again(kind)
					+ ", run when it is quieter, or allow more with lock_timeout in the manifest" + ending;
			case "25006" -> "this database takes no changes: connect to the primary, and see"
					+ " SHOW default_transaction_read_only";
			case "53100" -> "the server's disk is full: make room, then " + HintText.again(kind);
			case "53200" -> "the server ran out of memory: see the message for which, and for shared memory raise"
					+ " max_locks_per_transaction or split the file; then " + HintText.again(kind);
			case "53300" -> connections(routine);
			default -> sqlState.startsWith("57P") ? lost(kind) : null;
		};
	}

	private static String cancelled(FailureCause.FileAttempt attempt) {
		String timeout = ". If it was a timeout, allow more with statement_timeout in the manifest";
		if (attempt.kind() == AttemptKind.SEED) {
			return "the statement was cancelled and the seed rolled back: run it again" + timeout;
		}
		return attempt.transaction()
				? "the statement was cancelled and the file rolled back; " + HintText.goesOn(attempt.kind()) + timeout
				: "the statement was cancelled; the next run removes what it left and tries the file again";
	}

	/**
	 * SET TRANSACTION has the same code as a statement that must not run in one.
	 */
	private static String activeTransaction(FailureCause.InFile cause) {
		if (cause.statement().verb().equals("set")) {
			return "SET TRANSACTION must be the first statement of the file: move it there";
		}
		// Of a partitioned table PostgreSQL says where it was, as of a function.
		if (cause.error().context() != null && !Set.of("reindex", "cluster").contains(cause.statement().verb())) {
			return "this statement cannot run in a function or DO block: write it as a statement of the file, and begin"
					+ " the file with the line -- transaction: none";
		}
		return cause.attempt().transaction()
				? "this statement cannot run in a transaction: begin the file with the line -- transaction: none, and"
						+ " move what must not be half done into a file of its own"
				: "this statement cannot run in a transaction: take BEGIN out of the file";
	}

	private static String timeout(String parameter, FailureCause.FileAttempt attempt) {
		return parameter + " ended the session. Skein sets it to 0 before each file: take it out of the file, or raise"
				+ " it there; " + (attempt.transaction() ? "the file was rolled back, " : "")
				+ HintText.goesOn(attempt.kind());
	}

	/**
	 * Functions such as dblink's report a connection of their own; the driver stops when
	 * a file changes the encoding.
	 */
	private static String connection(FailureCause.InFile cause) {
		FailedStatement statement = cause.statement();
		if (cause.routine() != null) {
			return "the statement opens a connection of its own, to another server or database: check its address,"
					+ " user and password";
		}
		if (statement.verb().equals("set")
				&& (statement.words().contains("client_encoding") || statement.words().contains("names"))) {
			return "take the statement out of the file: files are read and sent as UTF-8; one in another encoding is"
					+ " converted with: iconv -f LATIN1 -t UTF-8 FILE";
		}
		if (statement.verb().equals("set") && statement.words().contains("datestyle")) {
			return "take the statement out of the file: the driver needs DateStyle ISO; write dates as '2026-01-31'";
		}
		return lost(cause.attempt().kind());
	}

	private static String lost(AttemptKind kind) {
		return "the connection was lost: check the server, " + HintText.goesOn(kind);
	}

	private static String connections(@Nullable String routine) {
		String sessions = "; who has them: SELECT usename, application_name, count(*) FROM pg_stat_activity GROUP BY 1,"
				+ " 2 ORDER BY 3 DESC";
		return switch (String.valueOf(routine)) {
			case "CheckMyDatabase" -> "the database takes no more connections: run with --jobs 1, or raise its limit"
					+ " with: ALTER DATABASE NAME CONNECTION LIMIT -1" + sessions;
			case "InitializeSessionUserId" -> "the role takes no more connections: run with --jobs 1, or raise its"
					+ " limit with: ALTER ROLE NAME CONNECTION LIMIT -1" + sessions;
			default -> "the server takes no more connections: end idle ones, run with --jobs 1, or raise"
					+ " max_connections" + sessions;
		};
	}

}
