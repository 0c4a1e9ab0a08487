package dev.skein.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import dev.skein.migration.CannotStartException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a server that waits at each commit for a standby, while none is connected: the
 * first commit of a run would wait without end, and without a word.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/runtime-config-replication.html#GUC-SYNCHRONOUS-STANDBY-NAMES">PostgreSQL:
 * synchronous_standby_names</a>
 */
final class StandbyCheck {

	/** The standby that is waited for; no row if there is one, or commits do not wait. */
	private static final String MISSING = """
			SELECT current_setting('synchronous_standby_names') WHERE current_setting('synchronous_standby_names') <> ''
			AND current_setting('synchronous_commit') NOT IN ('off', 'local')
			AND NOT EXISTS (SELECT FROM pg_stat_replication)""";

	/** One that restarts is there again before that. */
	private static final int LOOKS = 10;

	private static final Duration PAUSE = Duration.ofMillis(500);

	private StandbyCheck() {
	}

	/**
	 * Does nothing where commits do not wait for a standby, or one is connected within
	 * five seconds.
	 */
	static void requireStandby(Connection connection) throws SQLException {
		String missing = missing(connection);
		for (int i = 0; i < LOOKS && missing != null; i++) {
			pause();
			missing = missing(connection);
		}
		if (missing != null) {
			throw new CannotStartException(
					"each commit waits for a standby, and none is connected: synchronous_standby_names is \"" + missing
							+ "\"",
					"start the standby, or let an administrator take it out: ALTER SYSTEM RESET"
							+ " synchronous_standby_names; SELECT pg_reload_conf()",
					null);
		}
	}

	private static @Nullable String missing(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(MISSING)) {
			return row.next() ? row.getString(1) : null;
		}
	}

	private static void pause() {
		try {
			Thread.sleep(PAUSE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
