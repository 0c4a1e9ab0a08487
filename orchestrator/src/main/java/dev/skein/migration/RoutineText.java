package dev.skein.migration;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Compares functions without the white space and the comments of their bodies, as far as
 * these mean nothing: not in constants, and only in languages that do not indent.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/sql-syntax-lexical.html">PostgreSQL: lexical
 * structure</a>
 */
final class RoutineText {

	private static final Pattern ROUTINE = Pattern.compile("(?:function|procedure) .*", Pattern.DOTALL);

	private static final Pattern BODY = Pattern.compile(
			"(.*?\\n LANGUAGE (?:sql|plpgsql)\\b.*?\\nAS )(\\$(?:function|procedure)x*\\$)(.*)\\2", Pattern.DOTALL);

	/** A constant, a quoted name, a word or number, an operator; else one character. */
	private static final Pattern TOKEN = Pattern
		.compile("[eE]'(?:[^'\\\\]|\\\\.|'')*+'|'(?:[^']|'')*+'|\"(?:[^\"]|\"\")*+\""
				+ "|\\$(\\w*)\\$.*?\\$\\1\\$|[\\w$]+|(?:(?!--|/\\*)[-+*/<>=~!@#%^&|`?:])++|.", Pattern.DOTALL);

	private static final Pattern LINE_COMMENT = Pattern.compile("--[^\\n]*+");

	private final StringBuilder tokens = new StringBuilder();

	private RoutineText(String body) {
		Matcher token = TOKEN.matcher(body);
		Matcher comment = LINE_COMMENT.matcher(body);
		int at = 0;
		while (at < body.length()) {
			if (Character.isWhitespace(body.charAt(at))) {
				at++;
			}
			else if (body.startsWith("/*", at)) {
				at = endOfComment(body, at);
			}
			else if (comment.region(at, body.length()).lookingAt()) {
				at = comment.end();
			}
			else {
				token.region(at, body.length()).lookingAt();
				this.tokens.append(token.group()).append('\n');
				at = token.end();
			}
		}
	}

	/**
	 * Whether two objects are one routine, written differently.
	 */
	static boolean isSame(@Nullable CatalogObject one, @Nullable CatalogObject other) {
		if (one == null || other == null || !ROUTINE.matcher(one.name()).matches()) {
			return false;
		}
		Matcher before = BODY.matcher(one.definition());
		Matcher after = BODY.matcher(other.definition());
		return before.matches() && after.matches() && before.group(1).equals(after.group(1))
				&& new RoutineText(before.group(3)).text().equals(new RoutineText(after.group(3)).text());
	}

	private String text() {
		return this.tokens.toString();
	}

	/**
	 * Such comments may hold others.
	 */
	private static int endOfComment(String body, int start) {
		int depth = 0;
		int at = start;
		do {
			boolean opens = body.startsWith("/*", at);
			boolean ends = body.startsWith("*/", at);
			depth += opens ? 1 : (ends ? -1 : 0);
			at += (opens || ends) ? 2 : 1;
		}
		while (depth > 0 && at < body.length());
		return Math.min(at, body.length());
	}

}
