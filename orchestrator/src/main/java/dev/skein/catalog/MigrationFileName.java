package dev.skein.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What the name of a migration file says.
 *
 * @param kind versioned, repeatable or undo
 * @param version the version; {@code null} if and only if it is repeatable
 * @param description the description, with blanks for underscores
 */
record MigrationFileName(Kind kind, @Nullable Version version, String description) {

	/**
	 * What a migration file is for.
	 */
	enum Kind {

		VERSIONED, REPEATABLE, UNDO

	}

}
