package dev.skein.migration;

import java.util.List;

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
		super("other objects depend on these tables, nothing was dropped:\n  " + String.join("\n  ", dependents),
				cause);
	}

}
