/**
 * Flyway, which applies the files and keeps each schema's history. The only package that
 * knows it; {@link dev.skein.flyway.FlywayEngine} is the way in.
 */
@NullMarked
package dev.skein.flyway;

import org.jspecify.annotations.NullMarked;
