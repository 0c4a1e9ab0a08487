/**
 * Programs that are not Skein's: how they are found, and told where the database is.
 * {@link dev.skein.program.ToolEngine} runs those that migrate a service.
 */
@NullMarked
package dev.skein.program;

import org.jspecify.annotations.NullMarked;
