package dev.skein.migration;

/**
 * As whom the files of services run.
 */
public enum Isolation {

	/**
	 * Each service as a role of its own, which owns its schema and has no rights
	 * elsewhere but those that its requirements give.
	 */
	ROLES("roles"),
	/** Everything as the given user. */
	NONE("none");

	private final String label;

	Isolation(String label) {
		this.label = label;
	}

	/**
	 * The name on the command line.
	 * @return the name
	 */
	public String label() {
		return this.label;
	}

}
