package dev.skein.migration;

import dev.skein.catalog.Migration;

/**
 * A migration that this run applied.
 *
 * @param migration the migration
 * @param durationMillis how long it took, in milliseconds
 */
public record AppliedFile(Migration migration, long durationMillis) {

}
