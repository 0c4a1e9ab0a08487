package dev.skein.schematest;

import org.jspecify.annotations.Nullable;

/**
 * A database while tests have it.
 */
final class Lease implements AutoCloseable {

	private final DatabaseServer server;

	private final Request request;

	private final String name;

	private final TestDatabase database;

	private @Nullable Object user;

	Lease(DatabaseServer server, Request request, String name, TestDatabase database) {
		this.server = server;
		this.request = request;
		this.name = name;
		this.database = database;
	}

	static Lease of(Request request) {
		return DatabaseServer.of(request).lease(request);
	}

	TestDatabase database() {
		return this.database;
	}

	/**
	 * Gives the database to the next who uses it, created again unless they are the
	 * first.
	 * @param next the test class or method
	 * @return whether it was created again, so that all sessions there have ended
	 */
	boolean passTo(Object next) {
		boolean used = this.user != null && !this.user.equals(next);
		this.user = next;
		if (used) {
			this.server.renew(this.name, this.request);
		}
		return used;
	}

	@Override
	public void close() {
		this.server.end(this.name);
	}

}
