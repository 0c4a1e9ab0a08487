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
 * @param errorMessage why not; {@code null} if it was
 * @param run the run that it belongs to
 * @param appliedBy the database user
 * @param notices what PostgreSQL said meanwhile, in order, up to a bound
 */
public record Attempt(String service, AttemptKind kind, @Nullable String version, String filename, Instant appliedAt,
		long executionMillis, boolean success, @Nullable String errorMessage, UUID run, String appliedBy,
		List<Notice> notices) {

	public Attempt {
		notices = List.copyOf(notices);
	}

}
