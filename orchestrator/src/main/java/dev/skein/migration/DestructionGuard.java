package dev.skein.migration;

import java.util.List;
import java.util.Optional;

/**
 * What keeps one database from being emptied. Every method may throw
 * {@link CannotStartException} when the database cannot be reached any more or refuses.
 */
public interface DestructionGuard {

	/**
	 * Whether the database says of itself that it may not be emptied.
	 * @return the protection, if there is one
	 */
	Optional<Protection> protection();

	/**
	 * Protects the database. The caller holds the run lock, and the ledger is there.
	 * @param reason why; may be empty
	 */
	void protect(String reason);

	/**
	 * Ends the protection. The caller holds the run lock.
	 */
	void unprotect();

	/**
	 * Who else is connected to this database.
	 * @return the sessions, possibly none
	 */
	List<BlockingSession> otherSessions();

	/**
	 * Who else stays connected. A session that has just ended, such as one of ours, may
	 * be listed a moment longer, so this looks for up to 5 seconds until there is none.
	 * @return the sessions that are left, possibly none
	 */
	List<BlockingSession> lastingSessions();

	/**
	 * Ends sessions and waits until they are gone.
	 * @param sessions the sessions
	 * @throws CannotStartException if one stays
	 */
	void disconnect(List<BlockingSession> sessions);

}
