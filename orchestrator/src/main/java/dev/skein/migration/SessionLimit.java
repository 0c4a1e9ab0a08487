package dev.skein.migration;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Names the limit that keeps a run from opening a further session: once to the listener,
 * and in the error of a run that has no session for its files at all.
 */
final class SessionLimit {

	private final PlatformDatabase database;

	private final RunListener listener;

	private final AtomicBoolean told = new AtomicBoolean();

	SessionLimit(PlatformDatabase database, RunListener listener) {
		this.database = database;
		this.listener = listener;
	}

	/**
	 * The run goes on with the sessions that it has.
	 */
	void goesOn(TooManyConnectionsException cause) {
		if (this.told.compareAndSet(false, true)) {
			this.listener.limited(limit(cause));
		}
	}

	/**
	 * The run has no session that files could run on.
	 */
	TooManyConnectionsException ends(TooManyConnectionsException cause) {
		return new TooManyConnectionsException("there is no session for files to run on: " + limit(cause), cause);
	}

	private String limit(TooManyConnectionsException cause) {
		try {
			return this.database.connectionLimit();
		}
		catch (CannotStartException ex) {
			return String.valueOf(cause.getMessage());
		}
	}

}
