package dev.skein.migration;

/**
 * The right to change the database, held by one run at a time until it is closed or its
 * session ends, however it ends.
 */
public interface RunLock extends AutoCloseable {

	@Override
	void close();

}
