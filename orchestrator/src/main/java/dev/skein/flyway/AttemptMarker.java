package dev.skein.flyway;

import java.sql.SQLException;
import java.util.Objects;

import dev.skein.migration.AttemptNote;

/**
 * Notes in the comment of a history that a file which runs outside a transaction begins,
 * and takes the note away with its row.
 *
 * @see AttemptNote
 */
final class AttemptMarker {

	private static final String NOTE = """
			SELECT format('COMMENT ON TABLE %%s IS %%L', h.oid::regclass,
			    split_part(coalesce(obj_description(h.oid, 'pg_class'), ''), %3$s, 1) || %3$s
			    || jsonb_build_object('script', %2$s::text, 'process', pg_backend_pid(),
			        'rank', (SELECT coalesce(max(installed_rank), 0) FROM %1$s),
			        'indexes', (SELECT coalesce(jsonb_agg(c.relname ORDER BY c.relname), '[]') FROM pg_class c
			            WHERE c.relnamespace = h.relnamespace AND c.relkind IN ('i', 'I'))))
			FROM pg_class h WHERE h.oid = %4$s::regclass""";

	private static final String CLEAR = """
			SELECT format('COMMENT ON TABLE %%s IS %%L', h.oid::regclass,
			    nullif(split_part(obj_description(h.oid, 'pg_class'), %1$s, 1), ''))
			FROM pg_class h WHERE h.oid = %2$s::regclass""";

	private static final String MARK = Literal.of(AttemptNote.MARK);

	private final WorkerSession session;

	private final String history;

	AttemptMarker(WorkerSession session, HistoryTable history) {
		this.session = session;
		this.history = history.name();
	}

	void note(String script) throws SQLException {
		comment(NOTE.formatted(this.history, Literal.of(script), MARK, Literal.of(this.history)));
	}

	void clear() throws SQLException {
		comment(CLEAR.formatted(MARK, Literal.of(this.history)));
	}

	private void comment(String query) throws SQLException {
		this.session.send(Objects.requireNonNull(this.session.send(query).get(0)));
	}

}
