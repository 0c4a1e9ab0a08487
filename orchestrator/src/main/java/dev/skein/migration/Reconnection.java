package dev.skein.migration;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Connects a run once more whose session was ended, so that it can write down what became
 * of it. It does not take the run lock again: nothing more is applied.
 */
final class Reconnection {

	/** How long a server may take to come back, such as after a restart. */
	private static final Duration WAIT = Duration.ofSeconds(5);

	private final PlatformDatabase database;

	private final RunListener listener;

	private final Consumer<Runnable> onCancel;

	/**
	 * @param onCancel takes what ends the waiting early, from another thread
	 */
	Reconnection(PlatformDatabase database, RunListener listener, Consumer<Runnable> onCancel) {
		this.database = database;
		this.listener = listener;
		this.onCancel = onCancel;
	}

	/**
	 * Connects.
	 * @return the database, to be closed by the caller; nothing if it cannot be reached
	 */
	Optional<PlatformDatabase> open() {
		this.onCancel.accept(Thread.currentThread()::interrupt);
		try {
			return Optional.of(this.database.again(WAIT, this.listener::reconnecting));
		}
		catch (CannotStartException ex) {
			return Optional.empty();
		}
	}

}
