package dev.skein.migration;

/**
 * What an attempt in the ledger was to do.
 */
public enum AttemptKind {

	/** Apply a migration. */
	MIGRATE("migrate"),
	/** Undo one. */
	UNDO("undo"),
	/** Put data there. */
	SEED("seed"),
	/** Have a service's own tool migrate it. */
	RUN("run");

	private final String label;

	AttemptKind(String label) {
		this.label = label;
	}

	/**
	 * The name in the ledger and in reports.
	 * @return the name
	 */
	public String label() {
		return this.label;
	}

	/**
	 * Finds a kind by its name.
	 * @param label the name
	 * @return the kind
	 */
	public static AttemptKind of(String label) {
		for (AttemptKind kind : values()) {
			if (kind.label.equals(label)) {
				return kind;
			}
		}
		throw new IllegalArgumentException(label);
	}

}
