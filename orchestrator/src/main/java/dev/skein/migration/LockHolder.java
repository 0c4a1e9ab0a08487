package dev.skein.migration;

import java.time.Instant;

/**
 * Who holds the run lock.
 *
 * @param processId the PostgreSQL process of their session
 * @param user the user of that session
 * @param application what the session calls itself
 * @param address where it comes from
 * @param since when that session began
 * @param isRun whether the ledger knows that session as a run, or it is about to begin
 * one; any session may take the lock, since PostgreSQL has no rights on advisory locks
 */
public record LockHolder(int processId, String user, String application, String address, Instant since, boolean isRun) {

	/**
	 * The statement that shows the holder's session.
	 * @return one statement of SQL
	 */
	public String query() {
		return "SELECT * FROM pg_stat_activity WHERE pid = " + this.processId;
	}

	/**
	 * The statement that ends the holder's session.
	 * @return one statement of SQL
	 */
	public String ending() {
		return "SELECT pg_terminate_backend(" + this.processId + ")";
	}

	@Override
	public String toString() {
		return "process " + this.processId + " (\"" + this.application + "\" as \"" + this.user + "\" from "
				+ this.address + ", connected since " + this.since + ")";
	}

}
