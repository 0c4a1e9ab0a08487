/**
 * Beginnings: the files of a new service and of a new migration. A
 * {@link dev.skein.scaffold.Scaffold} is drawn first and written then, all of it or
 * nothing.
 */
@NullMarked
package dev.skein.scaffold;

import org.jspecify.annotations.NullMarked;
