package dev.skein.cli;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a command cannot be understood or was not confirmed. Nothing was touched.
 */
final class UsageException extends RuntimeException {

	private final @Nullable String hint;

	UsageException(String message, @Nullable String hint) {
		super(message);
		this.hint = hint;
	}

	@Nullable String hint() {
		return this.hint;
	}

}
