package dev.skein.flyway;

import java.sql.SQLException;
import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.migration.FailureCause;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Tells that a trigger which a service put on its history raised an error: no file is at
 * fault then.
 */
final class HistoryTrigger {

	/** What code raises, but for what ends a transaction or a session. */
	private static final String RAISED = "(22|23|42|P0).*";

	private static final String FUNCTIONS = """
			SELECT string_agg(format('%%I', t.tgname), ', ' ORDER BY t.tgname) FROM pg_trigger t
			JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace n ON n.oid = p.pronamespace
			WHERE t.tgrelid = %s::regclass AND NOT t.tgisinternal
			AND strpos(%s, format('%%I.%%I(', n.nspname, p.proname)) > 0""";

	private HistoryTrigger() {
	}

	/**
	 * Explains an error, if a trigger raised it.
	 * @param session the session, whose transaction is rolled back
	 * @param file the file whose row was to be written
	 * @param error what PostgreSQL said
	 * @throws RefusedFileException if a trigger on the history raised it
	 */
	static void explain(WorkerSession session, HistoryTable history, Migration file, PSQLException error)
			throws SQLException {
		ServerErrorMessage server = error.getServerErrorMessage();
		if (server == null || server.getWhere() == null || !String.valueOf(error.getSQLState()).matches(RAISED)) {
			return;
		}
		List<@Nullable String> triggers = session.send("SET search_path = pg_catalog, pg_temp; "
				+ FUNCTIONS.formatted(Literal.of(history.name()), Literal.of(server.getWhere())));
		if (triggers.get(0) != null) {
			throw new RefusedFileException("trigger " + triggers.get(0) + " on " + history.name()
					+ " raised an error, so that the row of \"" + file.script().name() + "\" could not be written: "
					+ server.getMessage() + " (SQLSTATE " + error.getSQLState() + ")",
					FailureCause.Refused.Reason.HISTORY_TRIGGER);
		}
	}

}
