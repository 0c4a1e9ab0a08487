/**
 * Doing it and seeing it: runs of a plan, their reports, and the state of a platform.
 * Knows neither Flyway nor JDBC; both are reached through the interfaces here.
 */
@NullMarked
package dev.skein.migration;

import org.jspecify.annotations.NullMarked;
