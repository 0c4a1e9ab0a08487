package dev.skein.flyway;

import dev.skein.migration.FailureCause;
import org.flywaydb.core.api.FlywayException;

/**
 * A file changed what belongs to other services.
 */
final class CrossedBorderException extends FlywayException {

	private final FailureCause.Refused.Reason reason;

	/**
	 * What the file did.
	 * @param reason whether it was rolled back
	 */
	CrossedBorderException(String message, FailureCause.Refused.Reason reason) {
		super(message);
		this.reason = reason;
	}

	FailureCause.Refused.Reason reason() {
		return this.reason;
	}

}
