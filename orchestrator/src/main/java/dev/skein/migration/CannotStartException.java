package dev.skein.migration;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a command could not begin or go on: no database, no rights, lock held by
 * somebody else. Nothing was changed by the part that threw it.
 */
public class CannotStartException extends RuntimeException {

	private final @Nullable String hint;

	/**
	 * Says what happened and what to do.
	 * @param message what happened, with its evidence
	 * @param hint the way out, or {@code null}
	 * @param cause what was thrown underneath, or {@code null}
	 */
	public CannotStartException(String message, @Nullable String hint, @Nullable Throwable cause) {
		super(message, cause);
		this.hint = hint;
	}

	/**
	 * The way out.
	 * @return one sentence, or {@code null}
	 */
	public @Nullable String hint() {
		return this.hint;
	}

}
