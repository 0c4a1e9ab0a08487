/**
 * The database: connection, lock, schemas, and what the system catalogs say.
 * {@link dev.skein.postgres.Postgres} is the way in.
 */
@NullMarked
package dev.skein.postgres;

import org.jspecify.annotations.NullMarked;
