/**
 * What Skein costs beside psql and other tools: whole processes, alternately, on one
 * server.
 */
@NullMarked
package dev.skein.benchmarks;

import org.jspecify.annotations.NullMarked;
