package dev.skein.drift;

/**
 * When a statement runs, so that what it needs is there and what would stop it is not.
 */
enum Phase {

	DROP_TRIGGERS, DROP_FOREIGN_KEYS, DROP_VIEWS, DROP_INDEXES, DROP_CONSTRAINTS, DROP_COLUMNS, DROP_TABLES,
	DROP_ROUTINES, CREATE_TYPES, CREATE_SEQUENCES, CREATE_ROUTINES, CREATE_TABLES, COLUMNS, SETTINGS, KEYS, INDEXES,
	FOREIGN_KEYS, VIEWS, INDEXES_OF_VIEWS, TRIGGERS,
	/** What nothing uses any more, when defaults and the like are back. */
	DROP_UNUSED, OWNERS,
	/** A table and its sequence must have one owner by then. */
	LINKS, RIGHTS, COMMENTS, WORDS

}
