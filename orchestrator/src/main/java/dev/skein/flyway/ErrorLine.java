package dev.skein.flyway;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Finds the line of a file at which PostgreSQL stumbled. Flyway tells the line of the
 * statement's first word, and the statement as it was sent, which begins with the
 * comments before that word; PostgreSQL counts characters (not UTF-16 units) from the
 * beginning of what was sent.
 */
final class ErrorLine {

	/** PostgreSQL counts the lines of a DO block from its opening quote. */
	private static final Pattern IN_DO_BLOCK = Pattern.compile("inline_code_block line (\\d+)");

	private static final Pattern OPENING_QUOTE = Pattern.compile("\\$[^$]*\\$|'");

	private final String file;

	private final String statement;

	private final int firstWord;

	/**
	 * The place of a statement.
	 * @param file the whole file
	 * @param statement the statement as it was sent
	 * @param firstWord the line of its first word, counted from 1
	 */
	ErrorLine(String file, String statement, int firstWord) {
		this.file = file;
		this.statement = statement;
		this.firstWord = firstWord;
	}

	/**
	 * The line of an error.
	 * @param position PostgreSQL's position, counted from 1; 0 if it gave none
	 * @param context PostgreSQL's context, or {@code null}
	 * @return the line in the file, counted from 1
	 */
	int of(int position, @Nullable String context) {
		int begin = begin();
		if (begin < 0) {
			return this.firstWord;
		}
		Matcher block = IN_DO_BLOCK.matcher((context == null) ? "" : context);
		Matcher quote = OPENING_QUOTE.matcher(this.statement);
		if (block.find() && quote.find(indexOfFirstWord(begin))) {
			return lineAt(begin + quote.start()) + Integer.parseInt(block.group(1)) - 1;
		}
		if (position < 1) {
			return this.firstWord;
		}
		int characters = Math.min(position - 1, this.statement.codePointCount(0, this.statement.length()));
		return lineAt(begin + this.statement.offsetByCodePoints(0, characters));
	}

	/**
	 * A position in the statement.
	 * @param inFile the position in the file, in characters counted from 1; 0 if unknown
	 * @return the position counted from the beginning of the statement; 0 if unknown
	 */
	int within(int inFile) {
		int begin = begin();
		return (inFile < 1 || begin < 0) ? 0 : Math.max(0, inFile - this.file.codePointCount(0, begin));
	}

	/**
	 * Where the statement begins in the file. The same words may stand there several
	 * times: it is the place that spans the line of its first word.
	 */
	private int begin() {
		for (int at = this.file.indexOf(this.statement); at >= 0; at = this.file.indexOf(this.statement, at + 1)) {
			if (lineAt(at) <= this.firstWord && this.firstWord <= lineAt(at + this.statement.length())) {
				return at;
			}
		}
		return -1;
	}

	/**
	 * Where the line of the first word begins, within the statement.
	 */
	private int indexOfFirstWord(int begin) {
		int at = 0;
		while (at < this.statement.length() && lineAt(begin + at) < this.firstWord) {
			at = this.statement.indexOf('\n', at) + 1;
			if (at == 0) {
				return 0;
			}
		}
		return at;
	}

	private int lineAt(int index) {
		return 1 + (int) this.file.substring(0, index).chars().filter((character) -> character == '\n').count();
	}

}
