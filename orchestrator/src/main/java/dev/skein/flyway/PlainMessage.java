package dev.skein.flyway;

import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.ServerErrorMessage;

/**
 * PostgreSQL's message without values of rows. Which part of a message is a value is told
 * by its error code: the names of objects stay.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL: error
 * codes</a>
 */
final class PlainMessage {

	/** What PostgreSQL puts around a value, in any language. */
	private static final String OPENING = "\"'»«„“”‚‘’「『";

	private static final String CLOSING = "\"'«»“”’‘」』";

	private static final Pattern QUOTED = Pattern.compile("[" + OPENING + "].*[" + CLOSING + "]", Pattern.DOTALL);

	private static final Pattern BYTES = Pattern.compile("0x[0-9A-Fa-f]{2}(?: 0x[0-9A-Fa-f]{2})*");

	/**
	 * Classes of errors whose messages PostgreSQL writes with names and keywords alone.
	 */
	private static final Set<String> NAMES_ONLY = Set.of("02", "03", "08", "0A", "21", "23", "25", "26", "28", "2B",
			"2D", "34", "3B", "3D", "3F", "40", "42", "44", "53", "54", "55", "57", "58", "72", "F0", "HV", "XX");

	/** Data that does not fit, whose messages quote it. */
	private static final String DATA = "22";

	private PlainMessage() {
	}

	/**
	 * The message for all readers.
	 * @param message what the server said
	 */
	static String of(ServerErrorMessage message) {
		String state = String.valueOf(message.getSQLState());
		String text = String.valueOf(message.getMessage());
		String kind = state.substring(0, Math.min(2, state.length()));
		if (isOfCode(message.getRoutine()) || !(NAMES_ONLY.contains(kind) || kind.equals(DATA))) {
			return "an error of the service's own code, SQLSTATE " + state;
		}
		if (kind.equals(DATA)) {
			return BYTES.matcher(QUOTED.matcher(text).replaceAll("\"…\"")).replaceAll("…");
		}
		return text;
	}

	/**
	 * Whether code raised the error, with whatever code and message it liked.
	 */
	private static boolean isOfCode(@Nullable String routine) {
		return routine != null && (routine.equals("exec_stmt_raise") || routine.startsWith("PLy_")
				|| routine.startsWith("plperl") || routine.startsWith("pltcl"));
	}

}
