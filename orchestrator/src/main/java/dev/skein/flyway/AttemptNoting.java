package dev.skein.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AttemptNote;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Notes in the database that a file which runs outside a transaction begins, and takes
 * the note away when its row is in the history. A note that stays although the row is
 * there does no harm: whoever reads it looks for the row.
 */
final class AttemptNoting implements FileCallback {

	private static final String NOTE = """
			SELECT format('COMMENT ON TABLE %%s IS %%L', h.oid::regclass,
			    split_part(coalesce(obj_description(h.oid, 'pg_class'), ''), m.mark, 1) || m.mark
			    || jsonb_build_object('script', ?::text, 'process', pg_backend_pid(),
			        'rank', (SELECT coalesce(max(installed_rank), 0) FROM %1$s),
			        'indexes', (SELECT coalesce(jsonb_agg(c.relname ORDER BY c.relname), '[]') FROM pg_class c
			            WHERE c.relnamespace = h.relnamespace AND c.relkind IN ('i', 'I'))))
			FROM (SELECT ?::text AS mark) m, pg_class h WHERE h.oid = ?::regclass""";

	private static final String CLEAR = """
			SELECT format('COMMENT ON TABLE %s IS %L', h.oid::regclass,
			    nullif(split_part(obj_description(h.oid, 'pg_class'), ?, 1), ''))
			FROM pg_class h WHERE h.oid = ?::regclass""";

	private final String history;

	private final Set<String> alone;

	private boolean noted;

	AttemptNoting(ServiceDefinition service, Set<String> alone) {
		this.history = service.schema().quoted() + ".flyway_schema_history";
		this.alone = alone;
	}

	@Override
	public boolean supports(Event event, Context context) {
		return !this.alone.isEmpty() && (event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_MIGRATE);
	}

	@Override
	public void handle(Event event, Context context) {
		String script = (event == Event.BEFORE_EACH_MIGRATE) ? context.getMigrationInfo().getScript() : "";
		try {
			if (this.alone.contains(script)) {
				comment(context.getConnection(), NOTE.formatted(this.history), script, AttemptNote.MARK, this.history);
				this.noted = true;
			}
			else if (this.noted) {
				comment(context.getConnection(), CLEAR, AttemptNote.MARK, this.history);
				this.noted = false;
			}
		}
		catch (SQLException ex) {
			throw new FlywayException("cannot note in " + this.history + " that a file begins", ex);
		}
	}

	private static void comment(Connection connection, String query, String... values) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(query)) {
			for (int i = 0; i < values.length; i++) {
				statement.setString(i + 1, values[i]);
			}
			try (ResultSet row = statement.executeQuery(); Statement comment = connection.createStatement()) {
				row.next();
				comment.execute(row.getString(1));
			}
		}
	}

}
