package dev.skein.cli;

/**
 * Options that belong together, for every command that has them.
 */
interface Options {

	/**
	 * Declares them, in the order of the help.
	 */
	void declare(Arguments arguments);

}
