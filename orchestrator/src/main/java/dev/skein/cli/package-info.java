/**
 * The command line, one class per command. Starts no Spring, and touches Flyway only
 * where something is pending. {@link dev.skein.cli.CommandLineFace} is the way in.
 */
@NullMarked
package dev.skein.cli;

import org.jspecify.annotations.NullMarked;
