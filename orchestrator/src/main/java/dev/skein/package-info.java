/**
 * The composition root: the only place that knows every package.
 */
@NullMarked
package dev.skein;

import org.jspecify.annotations.NullMarked;
