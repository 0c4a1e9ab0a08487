package dev.skein.migration;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a backup could not be taken or brought back. The database is as it was.
 */
public class BackupFailedException extends RuntimeException {

	private final @Nullable String hint;

	/**
	 * Says what happened and what to do.
	 * @param message what happened, with its evidence
	 * @param hint the way out, or {@code null}
	 * @param cause what was thrown underneath, or {@code null}
	 */
	public BackupFailedException(String message, @Nullable String hint, @Nullable Throwable cause) {
		super(message, cause);
		this.hint = hint;
	}

	/**
	 * Somebody ended the command.
	 * @return the exception
	 */
	public static BackupFailedException interrupted() {
		return new BackupFailedException("interrupted; the database is as it was", null, null);
	}

	/**
	 * The way out.
	 * @return one sentence, or {@code null}
	 */
	public @Nullable String hint() {
		return this.hint;
	}

}
