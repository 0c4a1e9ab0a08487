package dev.skein.gate;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a service must not start: its schema is not what it needs.
 */
public class ClosedGateException extends RuntimeException {

	private final String action;

	private final boolean mayPass;

	ClosedGateException(String message, String action, boolean mayPass, @Nullable Throwable cause) {
		super(message, cause);
		this.action = action;
		this.mayPass = mayPass;
	}

	/**
	 * The way out.
	 * @return one sentence or more
	 */
	public String action() {
		return this.action;
	}

	/**
	 * Whether waiting may help.
	 */
	boolean mayPass() {
		return this.mayPass;
	}

}
