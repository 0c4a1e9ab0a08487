package dev.skein.migration;

import org.jspecify.annotations.Nullable;

/**
 * Ends a run before its plan does, because it may not or cannot go on. The first reason
 * counts.
 */
final class RunStop {

	private @Nullable CannotStartException reason;

	private Runnable ending = () -> {
	};

	/**
	 * Says how to end what is running, from any thread.
	 */
	synchronized void onStop(Runnable end) {
		this.ending = end;
	}

	void because(CannotStartException ex) {
		Runnable end;
		synchronized (this) {
			if (this.reason != null) {
				return;
			}
			this.reason = ex;
			end = this.ending;
		}
		end.run();
	}

	/**
	 * Why the run was stopped.
	 * @return {@code null} if it was not
	 */
	synchronized @Nullable CannotStartException reason() {
		return this.reason;
	}

}
