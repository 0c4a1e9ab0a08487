package dev.skein.migration;

/**
 * How a program that is not Skein's logs in, for as long as it runs. Closing it lets
 * nobody in any more, and ends the sessions that came in with it.
 */
public interface ProgramLogin extends AutoCloseable {

	/**
	 * The database, and as whom the program works there.
	 * @return the settings, with a password
	 */
	ConnectionSettings settings();

	@Override
	void close();

}
