package dev.skein.cli;

import java.util.List;

import dev.skein.migration.BlockingSession;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.DestructionGuard;

/**
 * What stands before the emptying of a database: its protection, the sessions of others,
 * and a question.
 */
final class Guard implements Options {

	boolean disconnect;

	final Confirmation confirmation = new Confirmation();

	@Override
	public void declare(Arguments arguments) {
		arguments.flag("--disconnect",
				"End the sessions of others first. Without it their being there stops the command.",
				(given) -> this.disconnect = given);
		arguments.add(this.confirmation);
	}

	/**
	 * Refuses to empty a protected database, before anything is asked.
	 */
	static void requireUnprotected(Session session) {
		requireUnprotected(session, "if it really is to be emptied: skein unprotect");
	}

	static void requireUnprotected(Session session, String hint) {
		session.database().guard().protection().ifPresent((protection) -> {
			throw new CannotStartException(
					"database \"" + session.identity().name() + "\" is " + protection + "; nothing was touched", hint,
					null);
		});
	}

	/**
	 * Refuses while others are connected, unless they may be disconnected, and asks.
	 */
	void require(Session session, Surroundings surroundings) {
		requireUnprotected(session);
		List<BlockingSession> others = session.database().guard().otherSessions();
		others.forEach((other) -> surroundings.say("Connected: " + other));
		if (!others.isEmpty() && !this.disconnect) {
			throw new CannotStartException(
					Plural.of(others.size(), "other session")
							+ " of this database would lose what it works on; nothing was touched",
					"stop what is connected, or end it with --disconnect", null);
		}
		DatabaseIdentity identity = session.identity();
		this.confirmation.require(identity, surroundings);
	}

	/**
	 * Under the run lock: what was true when it was asked has to be true now.
	 */
	void enter(DestructionGuard guard) {
		if (this.disconnect) {
			guard.disconnect(guard.otherSessions());
		}
		if (guard.protection().isPresent() || !guard.lastingSessions().isEmpty()) {
			throw new CannotStartException(
					"somebody protected the database or connected to it meanwhile; nothing was dropped",
					"run again to see who", null);
		}
	}

}
