package dev.skein.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.skein.migration.BlockingSession;
import org.jspecify.annotations.Nullable;

/**
 * Asks what a session waits for, and who holds it.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SESSION">PostgreSQL:
 * pg_blocking_pids</a>
 */
final class WaitQuery {

	private static final String WAIT = """
			SELECT a.wait_event_type || ': ' || a.wait_event, b.pid, b.usename, b.application_name, b.state,
			    floor(extract(epoch FROM b.xact_start))::bigint, b.query
			FROM pg_stat_activity a LEFT JOIN pg_stat_activity b ON b.pid = ANY (pg_blocking_pids(a.pid))
			WHERE a.pid = ? AND coalesce(a.state, '') <> 'idle'
			ORDER BY b.pid""";

	/**
	 * What was seen.
	 *
	 * @param waitsFor the kind of wait; {@code null} if the session works
	 * @param blockers who holds what it waits for
	 */
	record Answer(@Nullable String waitsFor, List<BlockingSession> blockers) {

	}

	private WaitQuery() {
	}

	static Answer ask(Connection connection, int processId) throws SQLException {
		String waitsFor = null;
		List<BlockingSession> blockers = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(WAIT)) {
			statement.setInt(1, processId);
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					waitsFor = row.getString(1);
					int blocker = row.getInt(2);
					if (!row.wasNull()) {
						Long since = row.getObject(6, Long.class);
						blockers.add(new BlockingSession(blocker, text(row, 3), text(row, 4), text(row, 5),
								(since == null) ? null : Instant.ofEpochSecond(since), text(row, 7)));
					}
				}
			}
		}
		return new Answer(waitsFor, blockers);
	}

	private static String text(ResultSet row, int column) throws SQLException {
		return Objects.requireNonNullElse(row.getString(column), "unknown");
	}

}
