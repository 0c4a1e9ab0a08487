package dev.skein.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A problem found while reading manifests and migration folders.
 *
 * @param location where it was written
 * @param message what is wrong
 * @param hint the way out, or {@code null}
 */
record CatalogProblem(Location location, String message, @Nullable String hint) implements Problem {

}
