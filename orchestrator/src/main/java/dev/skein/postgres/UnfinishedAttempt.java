package dev.skein.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.skein.migration.AttemptNote;
import dev.skein.migration.CannotStartException;

/**
 * Reads the note of a file that ran outside a transaction, and finds what it left: every
 * index that was not there before it began. Those of constraints are not among them, no
 * such file makes any.
 *
 * @see AttemptNote
 */
final class UnfinishedAttempt {

	/** A string as PostgreSQL writes it in a jsonb value. */
	private static final String STRING = "\"([^\"\\\\]|\\\\([\"\\\\bfnrt]|u00[01][0-9a-f]))*\"";

	/** A note as it is written there, with nothing else: the owner can comment, too. */
	private static final String NOTE = "^\\{\"rank\": [0-9]{1,9}, \"script\": " + STRING + ", \"indexes\": \\[("
			+ STRING + "(, " + STRING + ")*)?\\], \"process\": [0-9]{1,9}\\}$";

	private static final String HISTORY = """
			WITH history AS (SELECT h.relnamespace AS schema, h.oid::regclass AS name, d.comment,
			        CASE WHEN d.noted ~ '%2$s' AND d.noted !~ 'u0000' THEN d.noted::jsonb END AS note,
			        d.noted !~ '%2$s' OR d.noted ~ 'u0000' AS forged
			    FROM pg_class h CROSS JOIN LATERAL (SELECT c AS comment, substring(c FROM '%1$s(.*)$') AS noted
			        FROM obj_description(h.oid, 'pg_class') c) d WHERE h.oid = ?::regclass)
			""".formatted(AttemptNote.MARK, NOTE);

	private static final String FORGED = "SELECT name FROM history WHERE forged";

	private static final String UNFINISHED = """
			SELECT note IS NOT NULL AND NOT EXISTS (SELECT FROM %s h WHERE h.success
			    AND h.script = note->>'script' AND h.installed_rank > (note->>'rank')::int) FROM history""";

	/** Flyway holds its lock, of a single key, while a file runs. */
	private static final String SESSION = """
			SELECT l.pid FROM history JOIN pg_locks l ON l.pid = (note->>'process')::int
			WHERE l.pid <> pg_backend_pid() AND l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
			AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())""";

	private static final String NEW_INDEXES = """
			SELECT c.relname, t.relname FROM history JOIN pg_class c ON c.relnamespace = schema
			JOIN pg_index i ON i.indexrelid = c.oid JOIN pg_class t ON t.oid = i.indrelid
			WHERE c.relkind = 'i' AND NOT c.relispartition
			AND NOT note->'indexes' @> to_jsonb(c.relname::text)
			AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid)
			AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = c.oid)
			ORDER BY c.relname""";

	private static final String FORGET = """
			SELECT format('COMMENT ON TABLE %%s IS %%L', name, nullif(split_part(comment, '%1$s', 1), ''))
			FROM history WHERE note IS NOT NULL""".formatted(AttemptNote.MARK);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration PAUSE = Duration.ofMillis(100);

	private final Connection connection;

	private final String history;

	UnfinishedAttempt(Connection connection, String history) {
		this.connection = connection;
		this.history = history;
	}

	/**
	 * The server notices only after a moment that a killed run is gone, and what it built
	 * meanwhile must not appear after the looking.
	 */
	void awaitItsSession() throws SQLException {
		Instant deadline = Instant.now().plus(PATIENCE);
		for (List<String> session = ask(SESSION); !session.isEmpty(); session = ask(SESSION)) {
			if (Instant.now().isAfter(deadline) || Thread.currentThread().isInterrupted()) {
				throw new CannotStartException(
						"a run that is gone still has a statement running: process " + session.get(0),
						"wait until it ends, or end it: SELECT pg_terminate_backend(" + session.get(0) + ")", null);
			}
			pause();
		}
	}

	/**
	 * The owner of a history can write a comment there, too.
	 * @throws CannotStartException if the note is not one of Skein's
	 */
	void requireOwnNote() throws SQLException {
		for (String name : ask(FORGED)) {
			throw new CannotStartException("the comment on " + name + " has a note that Skein did not write",
					"take it away: COMMENT ON TABLE " + name + " IS NULL", null);
		}
	}

	boolean isUnfinished() throws SQLException {
		return ask(UNFINISHED.formatted(this.history)).contains("t");
	}

	List<ContentsQuery.IndexName> newIndexes() throws SQLException {
		return ask(NEW_INDEXES, (row) -> new ContentsQuery.IndexName(row.getString(1), row.getString(2)));
	}

	void forget() throws SQLException {
		for (String comment : ask(FORGET)) {
			try (Statement statement = this.connection.createStatement()) {
				statement.execute(comment);
			}
		}
	}

	private List<String> ask(String query) throws SQLException {
		return ask(query, (row) -> row.getString(1));
	}

	private <T> List<T> ask(String query, Reading<T> reading) throws SQLException {
		List<T> values = new ArrayList<>();
		try (PreparedStatement statement = this.connection.prepareStatement(HISTORY + query)) {
			statement.setString(1, this.history);
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					values.add(reading.read(row));
				}
			}
		}
		return values;
	}

	private static void pause() {
		try {
			Thread.sleep(PAUSE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Reads one row.
	 */
	private interface Reading<T> {

		T read(ResultSet row) throws SQLException;

	}

}
