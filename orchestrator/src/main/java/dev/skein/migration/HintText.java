package dev.skein.migration;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Words what to do about a failure: the one place that does.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL: error
 * codes</a>
 */
public final class HintText {

	private HintText() {
	}

	/**
	 * What to do.
	 * @param cause why the file was not run to its end
	 * @return one sentence, or several clauses of one
	 */
	public static String of(FailureCause cause) {
		if (cause instanceof FailureCause.InFile inFile) {
			return ofFile(inFile) + done(inFile);
		}
		if (cause instanceof FailureCause.InSetup setup) {
			return SessionHint.ofSetup(setup);
		}
		return ofRefused((FailureCause.Refused) cause);
	}

	private static String ofFile(FailureCause.InFile cause) {
		String again = again(cause.attempt().kind());
		return switch (cause.sqlState()) {
			case "42601" -> "fix the syntax in the file" + (cause.attempt().transaction()
					? "; the file was rolled back and runs again next time" : ", then " + again);
			case "42P07", "42701", "42710", "42P06", "42723" -> ExistsHint.of(cause);
			case "42P01", "42703", "42883", "42704", "3F000" -> MissingHint.of(cause);
			case "42501" -> PrivilegeHint.of(cause);
			case "55P04" -> "a value that ALTER TYPE ... ADD VALUE adds can be used once it is committed: use it in a"
					+ " later file";
			case "2BP01" -> "other objects depend on it, DETAIL names them: drop or change them first in this file;"
					+ " CASCADE would drop them too, also those of other services";
			case "P0001" -> "the code raised this error itself: do what its message asks for, then " + again;
			case "0A000", "58P01" -> ofFeature(cause);
			default -> ofClass(cause, again);
		};
	}

	private static String ofClass(FailureCause.InFile cause, String again) {
		String session = SessionHint.of(cause);
		if (session != null) {
			return session;
		}
		if (cause.sqlState().startsWith("23")) {
			return RowsHint.of(cause);
		}
		if (cause.statement().verb().equals("copy")) {
			return "fix the row that CONTEXT names, then " + again;
		}
		return file(cause.attempt().kind());
	}

	private static String ofFeature(FailureCause.InFile cause) {
		FailedStatement statement = cause.statement();
		boolean concurrentIndex = statement.object().equals("index") && statement.words().contains("concurrently")
				&& (!statement.words().contains("using") || statement.words().contains("btree"));
		if (concurrentIndex && statement.verb().equals("create")) {
			return "on a partitioned table, write CREATE INDEX name ON ONLY table in one file, CREATE INDEX CONCURRENTLY"
					+ " for each partition in later ones, and ALTER INDEX name ATTACH PARTITION with each of these in a"
					+ " last file, which makes the first index valid";
		}
		if (concurrentIndex && statement.verb().equals("drop")) {
			return "the index of a partitioned table cannot be dropped concurrently: write DROP INDEX without"
					+ " CONCURRENTLY";
		}
		return (statement.verb().equals("create") && statement.object().equals("extension"))
				? "this server does not have that extension: let an administrator install its package on the server"
				: file(cause.attempt().kind());
	}

	private static String ofRefused(FailureCause.Refused cause) {
		return switch (cause.reason()) {
			case HISTORY_LOCKED -> "it may belong to a run that was killed: look for it in pg_stat_activity, and end it"
					+ " with pg_terminate_backend(pid)";
			case SCHEMA_NOT_EMPTY -> "the schema was filled by something else: empty it, or take it over with: skein"
					+ " baseline SERVICE@VERSION";
			case FILE -> file(cause.kind());
			case WOULD_TAKE_ALONG -> "let those services give it up first, in files of their own, then "
					+ again(cause.kind()) + "; without CASCADE, PostgreSQL refuses and names what depends on it";
			case CHANGED_OUTSIDE -> "move that into a file of the service that owns it, then " + again(cause.kind())
					+ "; with --isolation roles, PostgreSQL refuses the statement itself";
			case HISTORY_TRIGGER ->
				"drop that trigger as the owner of the schema: a history is written by Skein and Flyway"
						+ " alone; then " + again(cause.kind());
			case TOOK_ALONG -> "make again what is gone, in new files of those services, and take CASCADE out";
			case SETUP -> "no file is at fault: do what the message says, then " + again(cause.kind());
		};
	}

	private static String file(AttemptKind kind) {
		return "fix the file, then " + again(kind) + ((kind == AttemptKind.SEED) ? ""
				: ": what was " + (kind == AttemptKind.UNDO ? "undone" : "applied") + " before stays, " + goesOn(kind));
	}

	/**
	 * After an undo the next run would be a migration, which applies again what was
	 * undone.
	 */
	static String goesOn(AttemptKind kind) {
		return switch (kind) {
			case UNDO -> "the same command goes on from here";
			case SEED -> "run again with the same seeds";
			default -> "the next run goes on from here";
		};
	}

	static String again(AttemptKind kind) {
		return switch (kind) {
			case UNDO -> "give the same command again";
			case SEED -> "run it again";
			default -> "run again";
		};
	}

	/**
	 * How to end the sessions that held a lock.
	 */
	static String ending(List<BlockingSession> blockers) {
		return blockers.isEmpty() ? ""
				: blockers.stream()
					.map((session) -> "SELECT pg_terminate_backend(" + session.processId() + ")")
					.collect(Collectors.joining("; ", "; to end that session: ", ""));
	}

	private static String done(FailureCause.InFile cause) {
		Integer line = cause.attempt().lastLineDone();
		return (line == null) ? "" : "; the file runs outside a transaction: it is committed up to line " + line;
	}

}
