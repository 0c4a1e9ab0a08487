package dev.skein.flyway;

import dev.skein.migration.FailureCause;
import org.flywaydb.core.api.FlywayException;

/**
 * A file is refused for a reason whose hint is not that of others.
 */
final class RefusedFileException extends FlywayException {

	private static final long serialVersionUID = 1L;

	private final FailureCause.Refused.Reason reason;

	/**
	 * The refusal.
	 * @param message what the file did
	 * @param reason the reason
	 */
	RefusedFileException(String message, FailureCause.Refused.Reason reason) {
		super(message);
		this.reason = reason;
	}

	FailureCause.Refused.Reason reason() {
		return this.reason;
	}

}
