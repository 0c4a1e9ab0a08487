package dev.skein.migration;

import java.util.List;

import dev.skein.catalog.Migration;

/**
 * A migration that this run applied.
 *
 * @param migration the migration
 * @param durationMillis how long it took, in milliseconds
 * @param notices what PostgreSQL said meanwhile, in order, up to a bound
 */
public record AppliedFile(Migration migration, long durationMillis, List<Notice> notices) {

	public AppliedFile {
		notices = List.copyOf(notices);
	}

	/**
	 * A migration of which PostgreSQL said nothing.
	 * @param migration the migration
	 * @param durationMillis how long it took, in milliseconds
	 */
	public AppliedFile(Migration migration, long durationMillis) {
		this(migration, durationMillis, List.of());
	}

}
