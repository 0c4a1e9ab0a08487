/**
 * Databases for the tests of one service, migrated as in production.
 * {@link dev.skein.schematest.MigratedDatabase} is the way in.
 */
@NullMarked
package dev.skein.schematest;

import org.jspecify.annotations.NullMarked;
