package dev.skein.migration;

/**
 * What a run in the ledger was for.
 */
public enum RunCommand {

	/** Applied migrations. */
	MIGRATE("migrate"),
	/** Dropped what services own. */
	CLEAN("clean"),
	/** Dropped tables that nobody promised. */
	PRUNE("prune"),
	/** Made histories agree with the files. */
	REPAIR("repair"),
	/** Gave histories to schemas that were filled already. */
	BASELINE("baseline"),
	/** Brought schemas under roles of their own, or back. */
	ISOLATION("isolation"),
	/** Protected the database from being emptied, or ended that. */
	PROTECT("protect"),
	/** Undid migrations. */
	ROLLBACK("rollback"),
	/** Gave a name to what is applied. */
	RELEASE("release"),
	/** Brought a backup back. */
	RESTORE("restore"),
	/** Took over what somebody else changed. */
	DRIFT("drift");

	private final String label;

	RunCommand(String label) {
		this.label = label;
	}

	/**
	 * The name in the ledger.
	 * @return the name
	 */
	public String label() {
		return this.label;
	}

	/**
	 * Whether what it leaves in the schemas of its services is to be kept.
	 */
	boolean isChangingSchemas() {
		return switch (this) {
			case MIGRATE, CLEAN, PRUNE, REPAIR, BASELINE, ISOLATION, ROLLBACK, RESTORE, DRIFT -> true;
			case PROTECT, RELEASE -> false;
		};
	}

	/**
	 * Whether all that it leaves is as it shall be, so that no drift outlives it.
	 */
	boolean isReplacingSchemas() {
		return switch (this) {
			case CLEAN, BASELINE, RESTORE, DRIFT -> true;
			case MIGRATE, PRUNE, REPAIR, ISOLATION, ROLLBACK, PROTECT, RELEASE -> false;
		};
	}

}
