package dev.skein.flyway;

import java.sql.SQLException;

import dev.skein.catalog.Migration;
import dev.skein.migration.MigrationError;
import dev.skein.migration.SqlStateHint;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Turns what Flyway throws into file, line, error code, PostgreSQL's words and a way out.
 */
final class FlywayFailure {

	private FlywayFailure() {
	}

	static MigrationError describe(Exception failure, @Nullable Migration running) {
		String name = (running == null) ? null : running.script().name();
		String file = (running == null) ? null : running.script().location().file();
		PSQLException postgres = find(PSQLException.class, failure);
		SQLException cause = (postgres != null) ? postgres : find(SQLException.class, failure);
		if (cause == null || cause.getSQLState() == null) {
			return withoutSqlState(failure, name, file);
		}
		String state = cause.getSQLState();
		ServerErrorMessage server = (postgres != null) ? postgres.getServerErrorMessage() : null;
		FlywaySqlScriptException script = find(FlywaySqlScriptException.class, failure);
		WholeFileException whole = find(WholeFileException.class, failure);
		int position = (whole != null) ? whole.position() : (server != null) ? server.getPosition() : 0;
		Integer line = (running == null) ? null : line(script, running, position, server);
		return new MigrationError(name, file, line, state, message(cause, position, server), hint(state, running));
	}

	/**
	 * Outside a transaction nothing was rolled back, and what exists already may be what
	 * an earlier attempt of the same file finished.
	 */
	private static String hint(String state, @Nullable Migration running) {
		String hint = SqlStateHint.of(state);
		if (running == null || !running.runsAlone()) {
			return hint;
		}
		return switch (state) {
			case "42P07", "42710" ->
				hint + "; if an earlier attempt of this file did, drop it or write IF NOT EXISTS, then run again";
			case "42704" ->
				hint + "; if an earlier attempt of this file dropped it, write IF EXISTS in the file, then run again";
			case "57014" -> "the statement was cancelled; the next run removes what it left and tries the file again";
			case "42601" -> "mend the syntax in the file, then run again";
			default -> hint;
		};
	}

	/**
	 * PostgreSQL's message, detail, hint, position and context, each where it has one.
	 */
	private static String message(SQLException cause, int position, @Nullable ServerErrorMessage server) {
		if (server == null) {
			return String.valueOf(cause.getMessage());
		}
		StringBuilder message = new StringBuilder(String.valueOf(server.getMessage()));
		append(message, "DETAIL: ", server.getDetail());
		append(message, "HINT: ", server.getHint());
		append(message, "POSITION: ", (position > 0) ? String.valueOf(position) : null);
		append(message, "CONTEXT: ", server.getWhere());
		return message.toString();
	}

	private static void append(StringBuilder message, String label, @Nullable String text) {
		if (text != null) {
			message.append('\n').append(label).append(text);
		}
	}

	/**
	 * The statement that failed; empty if no statement did.
	 */
	static String statement(Exception failure, Migration file) {
		FlywaySqlScriptException script = find(FlywaySqlScriptException.class, failure);
		return (script == null) ? "" : script.getStatement();
	}

	private static @Nullable Integer line(@Nullable FlywaySqlScriptException script, Migration running, int position,
			@Nullable ServerErrorMessage server) {
		String text = running.executed();
		if (script == null || script.getLineNumber() < 1) {
			return (position > 0) ? Integer.valueOf(new ErrorLine(text, text, 1).of(position, null)) : null;
		}
		ErrorLine line = new ErrorLine(text, script.getStatement(), script.getLineNumber());
		return (server == null) ? script.getLineNumber() : line.of(position, server.getWhere());
	}

	/**
	 * What Flyway itself refuses.
	 */
	private static MigrationError withoutSqlState(Exception failure, @Nullable String name, @Nullable String file) {
		String message = rootMessage(failure);
		if (message.contains("advisory lock")) {
			return new MigrationError(name, file, null, null,
					"another session holds the lock on this schema's history, and did not give it up",
					"it may belong to a run that was killed: look for it in pg_stat_activity, and end it with"
							+ " pg_terminate_backend(pid)");
		}
		if (message.contains("non-empty schema")) {
			return new MigrationError(name, file, null, null, message,
					"the schema was filled by something else: empty it, or take it over with: skein baseline SERVICE@VERSION");
		}
		return new MigrationError(name, file, null, null, message,
				"mend the file, then run again: what was applied before stays, the next run goes on from here");
	}

	private static String rootMessage(Exception failure) {
		Throwable last = failure;
		while (last.getCause() instanceof FlywayException cause) {
			last = cause;
		}
		return String.valueOf(last.getMessage()).strip();
	}

	private static <T extends Throwable> @Nullable T find(Class<T> type, Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
		}
		return null;
	}

}
