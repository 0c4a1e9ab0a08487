package dev.skein.migration;

import java.util.List;

/**
 * The session that held the run lock was ended, so that another run may be at work:
 * nothing more may be applied.
 */
public final class RunLockLostException extends CannotStartException {

	private static final long serialVersionUID = 1L;

	private final transient MigrationEngine.Result before;

	/**
	 * The lock is gone, before anything was done.
	 */
	public RunLockLostException() {
		this(new MigrationEngine.Result(List.of(), List.of(), null));
	}

	/**
	 * The lock is gone.
	 * @param before what the same call had done until then
	 */
	public RunLockLostException(MigrationEngine.Result before) {
		super("the session that held the lock was ended",
				"look in the server's log for what ended it (an administrator, idle_session_timeout, a proxy, a"
						+ " failover), then run again: the next run goes on from here",
				null);
		this.before = before;
	}

	/**
	 * What the same call had done before it was thrown.
	 * @return the files that are committed, and the attempts that failed
	 */
	public MigrationEngine.Result before() {
		return this.before;
	}

}
