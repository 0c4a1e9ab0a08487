/**
 * Programs that are not Skein's: how they are found, and told where the database is.
 */
@NullMarked
package dev.skein.program;

import org.jspecify.annotations.NullMarked;
