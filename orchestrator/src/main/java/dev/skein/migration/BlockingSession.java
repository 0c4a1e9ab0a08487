package dev.skein.migration;

import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A session that holds a lock for which a migration waits.
 *
 * @param processId its PostgreSQL process
 * @param user its user
 * @param application what it calls itself
 * @param state what it does, such as {@code idle in transaction}
 * @param since when its transaction began; {@code null} if that may not be seen
 * @param statement what it runs, or ran last
 */
public record BlockingSession(int processId, String user, String application, String state, @Nullable Instant since,
		String statement) {

	private static final int LONGEST = 200;

	public BlockingSession {
		statement = shorten(statement);
	}

	/**
	 * On one line, and without what might be a secret.
	 */
	private static String shorten(String statement) {
		String line = statement.strip().replaceAll("\\s+", " ");
		if (line.toLowerCase(Locale.ROOT).contains("password")) {
			return "(a statement about a password)";
		}
		return (line.length() > LONGEST) ? line.substring(0, LONGEST) + "..." : line;
	}

	@Override
	public String toString() {
		return "process " + this.processId + " (\"" + this.application + "\" as \"" + this.user + "\", " + this.state
				+ ((this.since == null) ? "" : ", in a transaction since " + this.since) + "): " + this.statement;
	}

}
