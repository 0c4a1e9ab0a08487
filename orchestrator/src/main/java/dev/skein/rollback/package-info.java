/**
 * The way back: which applied migrations are to be undone, in which order, what is lost
 * with them, and doing it.
 */
@NullMarked
package dev.skein.rollback;

import org.jspecify.annotations.NullMarked;
