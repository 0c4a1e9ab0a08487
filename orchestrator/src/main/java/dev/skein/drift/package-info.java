/**
 * What was changed by others than Skein, and the SQL that brings back what shall be
 * there.
 */
@NullMarked
package dev.skein.drift;

import org.jspecify.annotations.NullMarked;
