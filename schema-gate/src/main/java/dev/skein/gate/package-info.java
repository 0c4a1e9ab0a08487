/**
 * The gate: a service starts only on the right schema.
 */
@NullMarked
package dev.skein.gate;

import org.jspecify.annotations.NullMarked;
