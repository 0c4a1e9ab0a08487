package dev.skein.catalog;

import java.util.List;

/**
 * A statement and where it stands in its text.
 *
 * @param statement the statement
 * @param begin where its first word begins
 * @param end where it ends, behind its semicolon
 * @param bodies the strings of it that may be the body of a routine, such as that of
 * {@code DO}
 */
record StatementText(SqlStatement statement, int begin, int end, List<Quoted> bodies) {

	StatementText {
		bodies = List.copyOf(bodies);
	}

	/**
	 * Whether these are the first words of a statement that creates a function or a
	 * procedure.
	 */
	static boolean createsRoutine(List<String> tokens) {
		if (tokens.size() < 2 || !tokens.get(0).equals("create")) {
			return false;
		}
		String what = tokens.get((tokens.size() > 3 && tokens.get(1).equals("or")) ? 3 : 1);
		return what.equals("function") || what.equals("procedure");
	}

	/**
	 * Whether a string behind these words may be code.
	 */
	static boolean mayHaveBody(List<String> tokens) {
		return !tokens.isEmpty() && (tokens.get(0).equals("do") || createsRoutine(tokens));
	}

	/**
	 * What stands in a string.
	 *
	 * @param text the content, without its quotes
	 * @param line the line on which it begins, counted from 1
	 */
	record Quoted(String text, int line) {

	}

}
