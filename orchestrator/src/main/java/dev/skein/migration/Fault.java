package dev.skein.migration;

/**
 * A way in which a service's history and its files disagree, so that a run refuses.
 *
 * @param kind what it is, for those who decide
 * @param error what it is, for people
 */
public record Fault(Kind kind, MigrationError error) {

	/**
	 * The ways to disagree, in the order in which they are reported.
	 */
	public enum Kind {

		/** An applied file has another text, or a version is taken by another file. */
		EDITED,
		/** An applied file has another version. */
		RENUMBERED,
		/** An applied file has another name. */
		RENAMED,
		/** An applied file is gone, though later ones are there. */
		MISSING,
		/** What is applied last has no file: the files are older than the database. */
		AHEAD,
		/** A file that is not applied has a lower version than one that is. */
		LATE

	}

	/**
	 * What happened.
	 * @return one sentence
	 */
	public String message() {
		return this.error.message();
	}

	/**
	 * The ways out.
	 * @return one sentence
	 */
	public String hint() {
		return this.error.hint();
	}

}
