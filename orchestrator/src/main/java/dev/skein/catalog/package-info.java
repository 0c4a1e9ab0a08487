/**
 * What exists: services, their schemas, their migrations and what they require.
 */
@NullMarked
package dev.skein.catalog;

import org.jspecify.annotations.NullMarked;
