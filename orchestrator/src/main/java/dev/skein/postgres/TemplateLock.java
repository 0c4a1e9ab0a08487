package dev.skein.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The lock of one template, in the database that everybody who uses templates is
 * connected to. The server releases it when its holder dies.
 */
final class TemplateLock implements AutoCloseable {

	private static final int HEXADECIMAL = 16;

	private final Connection connection;

	private final String unlock;

	private final boolean taken;

	private TemplateLock(Connection connection, String unlock, boolean taken) {
		this.connection = connection;
		this.unlock = unlock;
		this.taken = taken;
	}

	/**
	 * Waits until nobody makes, copies or drops the template.
	 * @param name 16 hexadecimal digits
	 */
	static TemplateLock take(Connection connection, String name) throws SQLException {
		ask(connection, "SELECT true FROM pg_advisory_lock(" + key(name) + ")");
		return new TemplateLock(connection, "pg_advisory_unlock(" + key(name) + ")", true);
	}

	/**
	 * Waits until nobody makes or drops the template.
	 */
	static TemplateLock share(Connection connection, String name) throws SQLException {
		ask(connection, "SELECT true FROM pg_advisory_lock_shared(" + key(name) + ")");
		return new TemplateLock(connection, "pg_advisory_unlock_shared(" + key(name) + ")", true);
	}

	/**
	 * Does not wait.
	 */
	static TemplateLock tryToTake(Connection connection, String name) throws SQLException {
		boolean taken = ask(connection, "SELECT pg_try_advisory_lock(" + key(name) + ")");
		return new TemplateLock(connection, "pg_advisory_unlock(" + key(name) + ")", taken);
	}

	boolean isTaken() {
		return this.taken;
	}

	@Override
	public void close() throws SQLException {
		if (this.taken && !this.connection.isClosed()) {
			ask(this.connection, "SELECT " + this.unlock);
		}
	}

	private static long key(String name) {
		return Long.parseUnsignedLong(name, HEXADECIMAL);
	}

	private static boolean ask(Connection connection, String query) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
			row.next();
			return row.getBoolean(1);
		}
	}

}
