package dev.skein.flyway;

import java.sql.SQLWarning;
import java.util.Objects;
import java.util.Set;

import dev.skein.migration.Notice;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/**
 * Turns a warning of the driver, which is any message of PostgreSQL other than an error,
 * into a notice. Whether it is told as a warning is read from codes: messages are in the
 * language of the server.
 */
final class ServerNotice {

	/** The most characters of a message that are kept. */
	static final int LONGEST = 1000;

	/** A statement with IF NOT EXISTS was skipped. */
	private static final Set<String> EXISTS = Set.of("42P07", "42P06", "42701", "42710", "42723", "42P04");

	/** The function of the server that tells what CASCADE drops. */
	private static final String CASCADE = "reportDependentObjects";

	private ServerNotice() {
	}

	static Notice of(SQLWarning warning) {
		ServerErrorMessage server = (warning instanceof PSQLWarning postgres) ? postgres.getServerErrorMessage() : null;
		String state = Objects.requireNonNullElse(warning.getSQLState(), "00000");
		String message = String.valueOf(warning.getMessage());
		if (server == null) {
			return new Notice("WARNING", state, cut(message), true);
		}
		String severity = Objects.requireNonNullElse(server.getSeverity(), "NOTICE");
		message = Objects.requireNonNullElse(server.getMessage(), message);
		boolean cascade = CASCADE.equals(server.getRoutine()) && !severity.startsWith("DEBUG");
		return new Notice(severity, state, cut(cascade ? withObjects(message, server.getDetail()) : message),
				cascade || isWarning(severity, state));
	}

	/**
	 * Class 25 is about transactions: PostgreSQL warns of a statement that has no effect
	 * outside of one, or inside. The severity is a translated word, as far as the driver
	 * shows it; in English it tells a warning with a code of the file's own, too.
	 */
	private static boolean isWarning(String severity, String state) {
		return state.startsWith("01") || state.startsWith("25") || EXISTS.contains(state) || severity.equals("WARNING");
	}

	private static String withObjects(String message, @Nullable String objects) {
		return (objects == null) ? message : message + "\n" + objects;
	}

	private static String cut(String message) {
		if (message.length() <= LONGEST) {
			return message;
		}
		int end = LONGEST - 1;
		return message.substring(0, Character.isHighSurrogate(message.charAt(end - 1)) ? end - 1 : end) + "…";
	}

}
