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
 */
public record LockHolder(int processId, String user, String application, String address, Instant since) {

	/**
	 * The statement that shows the holder's session.
	 * @return one statement of SQL
	 */
	public String query() {
		return "SELECT * FROM pg_stat_activity WHERE pid = " + this.processId;
	}

	@Override
	public String toString() {
		return "process " + this.processId + " (\"" + this.application + "\" as \"" + this.user + "\" from "
				+ this.address + ", connected since " + this.since + ")";
	}

}
