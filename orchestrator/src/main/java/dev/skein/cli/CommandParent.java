package dev.skein.cli;

/**
 * What a command hangs below: skein itself, or a command that has commands of its own.
 */
interface CommandParent {

	/**
	 * The outermost command.
	 */
	SkeinCommand skein();

}
