package dev.skein.drift;

/**
 * When a statement runs, so that what it needs is there and what would stop it is not.
 */
enum Phase {

	/** What is said before anything else. */
	WORDS, DROP_TRIGGERS, DROP_PUBLICATIONS, DROP_FOREIGN_KEYS, DROP_DEFAULTS, DROP_VIEWS, DETACH, DROP_INDEXES,
	DROP_CONSTRAINTS, DROP_COLUMNS, DROP_TABLES, DROP_ROUTINES, RENAMES, CREATE_TYPES, CREATE_SEQUENCES,
	CREATE_ROUTINES, CREATE_TABLES, COLUMNS, SETTINGS, KEYS, INDEXES, ATTACH, INDEXES_OF_PARENTS, ATTACH_INDEXES,
	FOREIGN_KEYS, VIEWS, INDEXES_OF_VIEWS, TRIGGERS,
	/** What nothing uses any more, when defaults and the like are back. */
	DROP_UNUSED, OWNERS,
	/** A table and its sequence must have one owner by then. */
	LINKS, RIGHTS, COMMENTS;

	/**
	 * Whether statements may run before those of an earlier phase that mention what they
	 * make.
	 */
	boolean isSorted() {
		return compareTo(CREATE_TYPES) >= 0 && compareTo(TRIGGERS) <= 0;
	}

	/**
	 * Whether statements make what later ones only change.
	 */
	boolean isCreation() {
		return compareTo(CREATE_TYPES) >= 0 && compareTo(CREATE_TABLES) <= 0;
	}

}
