package dev.skein.catalog;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The rows below a {@code COPY ... FROM stdin}, as Flyway reads them: from the line after
 * the semicolon to a line with nothing but {@code \.} and blanks, whatever the format of
 * the rows is. Where that line is missing, Flyway goes on past the end of the file and
 * never comes back, so such a text must not reach it.
 *
 * @param line the line of the statement, counted from 1
 * @param end where the text goes on behind the rows
 * @param ended whether there is a line that ends them
 * @param almost the first line of an unended block that begins with {@code \.} and goes
 * on, counted from 1; 0 if there is none
 * @param behind what stands behind the semicolon on its line and is no comment: Flyway
 * leaves it out; may be empty
 */
record CopyRows(int line, int end, boolean ended, int almost, String behind) {

	private static final String END = "\\.";

	private static final Pattern COMMENT = Pattern.compile("--.*|/\\*((?!\\*/).)*\\*/");

	/**
	 * Whether rows follow a statement.
	 */
	static boolean follow(SqlStatement statement) {
		List<String> tokens = statement.tokens();
		if (!tokens.get(0).equals("copy")) {
			return false;
		}
		int depth = 0;
		for (int i = 0; i < tokens.size() - 1; i++) {
			depth += tokens.get(i).equals("(") ? 1 : tokens.get(i).equals(")") ? -1 : 0;
			if (depth == 0 && tokens.get(i).equals("from") && tokens.get(i + 1).equals("stdin")) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Reads the rows of a statement.
	 * @param text the whole text
	 * @param from where the statement ends, behind its semicolon
	 * @param line the line of the statement
	 * @param lineOfEnd the line on which the statement ends
	 */
	static CopyRows read(String text, int from, int line, int lineOfEnd) {
		int begin = endOfLine(text, from);
		String behind = text.substring(from, begin).strip();
		behind = COMMENT.matcher(behind).matches() ? "" : behind;
		int almost = 0;
		int number = lineOfEnd;
		while (begin < text.length()) {
			int end = endOfLine(text, begin);
			number++;
			if (text.startsWith(END, firstVisible(text, begin, end))) {
				if (text.substring(begin, end).trim().equals(END)) {
					return new CopyRows(line, end, true, 0, behind);
				}
				almost = (almost == 0) ? number : almost;
			}
			begin = end;
		}
		return new CopyRows(line, text.length(), false, almost, behind);
	}

	/**
	 * What is wrong with them.
	 * @param script the file
	 * @return {@code null} if nothing is
	 */
	@Nullable Problem objection(SqlScript script) {
		String file = "file \"" + script.name() + "\"";
		if (!this.ended) {
			return (this.almost > 0)
					? problem(script, this.almost, file + " has text behind \\. on its line, which so ends no rows",
							"write nothing but \\. on that line")
					: problem(script, this.line, file + " does not end the rows of COPY ... FROM stdin",
							"end the statement with a semicolon, and the rows below it with a line that is nothing but \\.");
		}
		return this.behind.isEmpty() ? null
				: problem(script, this.line,
						file + " has \"" + this.behind + "\" behind COPY ... FROM stdin; on its line, where it is lost",
						"move it below the line \\. that ends the rows");
	}

	private static Problem problem(SqlScript script, int line, String message, String hint) {
		return new CatalogProblem(new Location(script.location().file(), line), message, hint);
	}

	/** Only a line feed ends a line for Flyway. */
	private static int endOfLine(String text, int from) {
		int index = text.indexOf('\n', from);
		return (index < 0) ? text.length() : index + 1;
	}

	/** As {@link String#trim()} has it. */
	private static int firstVisible(String text, int begin, int end) {
		int at = begin;
		while (at < end && text.charAt(at) <= ' ') {
			at++;
		}
		return at;
	}

}
