package dev.skein.benchmarks;

/**
 * What a contestant finds, in the order in which it finds it: each scenario leaves behind
 * what the next one begins with.
 */
enum Scenario {

	/** An empty database. */
	FRESH("fresh"),

	/** Everything is there. */
	NO_OP("no-op"),

	/** Everything but one more file of one service. */
	PENDING("one pending file");

	private final String label;

	Scenario(String label) {
		this.label = label;
	}

	@Override
	public String toString() {
		return this.label;
	}

}
