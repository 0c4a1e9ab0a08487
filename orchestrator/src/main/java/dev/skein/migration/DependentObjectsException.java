package dev.skein.migration;

import java.util.List;
import java.util.stream.Collectors;

import dev.skein.text.PrintableText;

/**
 * Thrown when tables cannot be dropped because something else depends on them. Nothing
 * was dropped.
 */
public class DependentObjectsException extends RuntimeException {

	/**
	 * Says what depends on what.
	 * @param dependents one sentence for each, in PostgreSQL's words
	 * @param cause what PostgreSQL said
	 */
	public DependentObjectsException(List<String> dependents, Throwable cause) {
		super("other objects depend on these tables, nothing was dropped:\n  "
				+ dependents.stream().map(PrintableText::line).collect(Collectors.joining("\n  ")), cause);
	}

}
