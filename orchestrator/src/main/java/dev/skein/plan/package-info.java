/**
 * In which order: the graph of migrations and the plan that follows from it.
 */
@NullMarked
package dev.skein.plan;

import org.jspecify.annotations.NullMarked;
