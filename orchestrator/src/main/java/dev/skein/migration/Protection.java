package dev.skein.migration;

import java.time.Instant;

/**
 * That a database may not be emptied.
 *
 * @param since when it was protected
 * @param by the database user who did it
 * @param reason why; may be empty
 */
public record Protection(Instant since, String by, String reason) {

	/**
	 * What to do where seeds are refused for it.
	 */
	public static final String NO_SEEDS = "seeds are for databases that may lose their data: leave --seed out, or if"
			+ " this one may: skein unprotect";

	@Override
	public String toString() {
		return "protected by \"" + this.by + "\" since " + this.since
				+ (this.reason.isEmpty() ? "" : ": " + this.reason);
	}

}
