package dev.skein.migration;

/**
 * What a run does about drift in the schemas that it is going to change.
 */
public enum OnDrift {

	/** Refuses to build on it. */
	FAIL,
	/** Says so, and goes on. */
	WARN,
	/** Does not look. */
	IGNORE

}
