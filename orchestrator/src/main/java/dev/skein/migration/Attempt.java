package dev.skein.migration;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An attempt to run a file, as the ledger has it.
 *
 * @param service the service's name
 * @param kind what it was to do
 * @param version the version; {@code null} for a repeatable migration
 * @param filename the file's name
 * @param appliedAt when
 * @param executionMillis how long it took, in milliseconds
 * @param success whether it was done
 * @param errorMessage why not, without values of rows; {@code null} if it was
 * @param errorDetails why not, with what PostgreSQL or a tool said of rows; {@code null}
 * if nothing is to be added, or its reader may not see it
 * @param run the run that it belongs to
 * @param appliedBy the database user
 * @param notices what PostgreSQL said meanwhile, in order, up to a bound
 */
public record Attempt(String service, AttemptKind kind, @Nullable String version, String filename, Instant appliedAt,
		long executionMillis, boolean success, @Nullable String errorMessage, @Nullable String errorDetails, UUID run,
		String appliedBy, List<Notice> notices) {

	public Attempt {
		notices = List.copyOf(notices);
	}

	/**
	 * The same attempt with what only some readers may see.
	 * @param details why it failed, with values of rows; {@code null} if that is not
	 * known
	 * @return the attempt
	 */
	public Attempt withDetails(@Nullable String details) {
		return new Attempt(this.service, this.kind, this.version, this.filename, this.appliedAt, this.executionMillis,
				this.success, this.errorMessage, details, this.run, this.appliedBy, this.notices);
	}

	/**
	 * Why it failed.
	 * @param rowValues whether to tell values of rows
	 * @return what the reader may see of it; {@code null} if it did not fail
	 */
	public @Nullable String error(boolean rowValues) {
		return (rowValues && this.errorDetails != null) ? this.errorDetails : this.errorMessage;
	}

}
