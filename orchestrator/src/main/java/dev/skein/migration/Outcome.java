package dev.skein.migration;

/**
 * What became of a service, or of a run as a whole (which is never blocked).
 */
public enum Outcome {

	/** Migrations were applied. */
	APPLIED("applied"),
	/** There was nothing to do. */
	UP_TO_DATE("up-to-date"),
	/** A migration or a check failed. */
	FAILED("failed"),
	/** It was not begun, because something that it requires failed. */
	BLOCKED("blocked");

	private final String label;

	Outcome(String label) {
		this.label = label;
	}

	/**
	 * The outcome's name in reports.
	 * @return the name
	 */
	public String label() {
		return this.label;
	}

	/**
	 * The name in the ledger and in notices, where a run that somebody ended early is
	 * called so, whatever became of it.
	 * @param interrupted whether somebody ended it early
	 * @return the name
	 */
	public String label(boolean interrupted) {
		return interrupted ? "interrupted" : this.label;
	}

}
