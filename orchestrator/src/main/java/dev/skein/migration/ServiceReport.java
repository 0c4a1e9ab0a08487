package dev.skein.migration;

import java.util.List;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import org.jspecify.annotations.Nullable;

/**
 * What became of one service in a run.
 *
 * @param service the service
 * @param outcome the outcome
 * @param from its version before the run; {@code null} if it had none
 * @param to its version after the run; {@code null} if it has none
 * @param blockedBy the service whose failure blocked it; {@code null} unless it is
 * blocked, and where the run was interrupted
 * @param migrations what was applied, in order
 * @param error why it failed; {@code null} unless it did
 * @param notices what PostgreSQL said while the file ran that failed, in order, up to a
 * bound; empty if none did
 */
public record ServiceReport(ServiceDefinition service, Outcome outcome, @Nullable Version from, @Nullable Version to,
		@Nullable ServiceName blockedBy, List<AppliedFile> migrations, @Nullable MigrationError error,
		List<Notice> notices) {

	public ServiceReport {
		migrations = List.copyOf(migrations);
		notices = List.copyOf(notices);
	}

}
