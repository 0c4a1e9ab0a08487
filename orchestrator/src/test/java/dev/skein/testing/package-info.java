/**
 * What tests share: a real server, a fresh database for each test, and platforms drawn in
 * a few lines.
 */
@NullMarked
package dev.skein.testing;

import org.jspecify.annotations.NullMarked;
