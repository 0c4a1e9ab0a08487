package dev.skein.catalog;

/**
 * A statement of a file about something that a run makes for its service, so that the
 * file need not be changed to run as the service's role.
 *
 * @param kind what it says
 * @param name the extension or schema, without quotes
 * @param line the line on which it begins, counted from 1
 */
public record PlatformStatement(Kind kind, String name, int line) {

	/**
	 * Whether the statement is not executed: PostgreSQL would ask for rights that the
	 * role of a service does not have, even where nothing is to be done.
	 * @return {@code true} if so
	 */
	public boolean isLeftOut() {
		return this.kind != Kind.CREATES_EXTENSION;
	}

	/**
	 * Why it was not executed.
	 * @return a sentence without a full stop
	 */
	public String reason() {
		return switch (this.kind) {
			case CREATES_EXTENSION -> "extension \"" + this.name + "\" is made by the run";
			case CREATES_SCHEMA -> "schema \"" + this.name + "\" is made by the run: CREATE SCHEMA left out";
			case DROPS_EXTENSION ->
				"extension \"" + this.name + "\" stays, since other services may use it: DROP EXTENSION left out";
		};
	}

	/**
	 * What such a statement says.
	 */
	public enum Kind {

		/** {@code CREATE EXTENSION IF NOT EXISTS}. */
		CREATES_EXTENSION,

		/** {@code CREATE SCHEMA IF NOT EXISTS} with the service's own schema. */
		CREATES_SCHEMA,

		/** {@code DROP EXTENSION} in an undo script; one for each name. */
		DROPS_EXTENSION

	}

}
