package dev.skein.migration;

/**
 * The session that held the run lock was ended, so that another run may be at work:
 * nothing more may be applied.
 */
public final class RunLockLostException extends CannotStartException {

	private static final long serialVersionUID = 1L;

	/**
	 * The lock is gone.
	 */
	public RunLockLostException() {
		super("the session that held the lock was ended",
				"look in the server's log for what ended it (an administrator, idle_session_timeout, a proxy, a"
						+ " failover), then run again: the next run goes on from here",
				null);
	}

}
