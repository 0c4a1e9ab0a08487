/**
 * The one filter for texts that people or programs other than Skein read: whatever wrote
 * them, a terminal obeys nothing in them.
 */
@NullMarked
package dev.skein.text;

import org.jspecify.annotations.NullMarked;
