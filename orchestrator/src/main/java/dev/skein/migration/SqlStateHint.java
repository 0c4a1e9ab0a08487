package dev.skein.migration;

/**
 * What to do about an error of PostgreSQL, by its code.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL: error
 * codes</a>
 */
public final class SqlStateHint {

	private SqlStateHint() {
	}

	/**
	 * The way out of an error.
	 * @param sqlState the five characters of the code
	 * @return one sentence
	 */
	public static String of(String sqlState) {
		return switch (sqlState) {
			case "42601" -> "mend the syntax in the file; the file was rolled back and runs again next time";
			case "42P07", "42701", "42710", "42P06", "42723" ->
				"the object exists already: find out who created it, then drop it or take its schema over with:"
						+ " skein baseline SERVICE@VERSION";
			case "42P01", "42703", "42883", "42704", "3F000" ->
				"check the name and its schema; if another service creates it, add that service to requires";
			case "42501" ->
				"a service may change its own schema only, and read or refer to what it requires: mend the file, or"
						+ " add the other service to requires; without roles, the user needs the right";
			case "40P01" -> "two sessions waited for each other and this one was rolled back: run again";
			case "55P03" -> "another session held the lock too long: end its transaction and run again, run when it is"
					+ " quieter, or allow more with lock_timeout in the manifest";
			case "55P04" ->
				"a new value of an enum can be used once it is committed: add it in an earlier file of its own";
			case "57014" -> "the statement was cancelled and the file rolled back; the next run goes on from here."
					+ " If it was a timeout, allow more with statement_timeout in the manifest";
			case "2D000" ->
				"a procedure of this file commits, which it can outside a transaction only: if the file may run"
						+ " twice, put the line -- transaction: none before its first statement, then run again";
			case "25001" -> "this statement cannot run in a transaction: put it into a file of its own";
			case "53100" -> "the server's disk is full: make room, then run again";
			case "53200" -> "the server ran out of memory: see the message for which, and for shared memory raise"
					+ " max_locks_per_transaction or split the file; then run again";
			case "53300" -> "the server takes no more connections: use fewer --jobs, or raise max_connections";
			default -> ofClass(sqlState);
		};
	}

	/**
	 * The way out of an error in a seed.
	 * @param sqlState the five characters of the code
	 * @return one sentence
	 */
	public static String ofSeed(String sqlState) {
		return switch (sqlState) {
			case "23505" ->
				"a seed runs again and again: write ON CONFLICT with DO UPDATE or DO NOTHING, then run it again";
			case "23503" -> "it refers to a row that is not there: let an earlier seed put it there, of this service or"
					+ " of one that it requires";
			case "42P07", "42701", "42710", "42P06", "42723" ->
				"a seed puts rows into tables: create what holds them in a migration";
			case "57014" -> "the statement was cancelled and the seed rolled back: run it again. If it was a timeout,"
					+ " allow more with statement_timeout in the manifest";
			default -> sqlState.startsWith("23")
					? "its rows break a rule of their table: mend the seed, then run it again" : of(sqlState);
		};
	}

	private static String ofClass(String sqlState) {
		if (sqlState.startsWith("08") || sqlState.startsWith("57P")) {
			return "the connection was lost: check the server, the next run goes on from here";
		}
		if (sqlState.startsWith("23")) {
			return "rows that exist already break the new rule: mend them in an earlier migration, then run again";
		}
		return "mend the file, then run again: what was applied before stays, the next run goes on from here";
	}

}
