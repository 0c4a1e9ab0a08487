/**
 * PostgreSQL without a server: unpacked from the class path, kept in a folder, stopped
 * when nobody uses it any more. {@link dev.skein.embedded.EmbeddedPostgres} is the way
 * in.
 */
@NullMarked
package dev.skein.embedded;

import org.jspecify.annotations.NullMarked;
