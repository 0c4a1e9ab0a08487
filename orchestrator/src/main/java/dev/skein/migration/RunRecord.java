package dev.skein.migration;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A run as the ledger has it.
 *
 * @param run its id
 * @param command what it was for, such as {@code migrate}
 * @param startedAt when it began
 * @param endedAt when it ended; {@code null} while it runs, or if it was killed and no
 * other run came since
 * @param outcome {@code applied}, {@code up-to-date}, {@code failed} or
 * {@code interrupted}; {@code null} as above
 * @param durationMillis how long it took, in milliseconds; {@code null} where it did not
 * come to its end
 * @param startedBy the database user
 * @param host where it ran
 */
public record RunRecord(UUID run, String command, Instant startedAt, @Nullable Instant endedAt,
		@Nullable String outcome, @Nullable Long durationMillis, String startedBy, String host) {

}
