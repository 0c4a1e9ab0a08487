package dev.skein.flyway;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.skein.catalog.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.ServerErrorMessage;

/**
 * Finds the statement of a text at which PostgreSQL failed, and the line of the file.
 * PostgreSQL counts characters (not UTF-16 units) from the beginning of the text; without
 * a position, the count of completed statements says it, or what the error is about.
 * Where several statements fit, there is no line rather than a wrong one.
 */
final class FailurePlace {

	/** PostgreSQL counts the lines of a DO block from its opening quote. */
	private static final Pattern IN_DO_BLOCK = Pattern.compile("inline_code_block\\D+(\\d+)");

	/** The words around the numbers are translated. */
	private static final Pattern IN_COPY = Pattern.compile("^COPY [^,]+, \\D+(\\d+)", Pattern.MULTILINE);

	private static final Pattern OPENING_QUOTE = Pattern.compile("\\$[^$]*\\$|'");

	/** A COPY statement up to its semicolon. */
	private static final Pattern COPY = Pattern.compile("(?:--[^\\n]*+|/\\*.*?\\*/|'[^']*+'|\"[^\"]*+\"|[^;])*+",
			Pattern.DOTALL);

	private final FailedFile file;

	private final List<SqlStatement> statements;

	private final @Nullable ServerErrorMessage error;

	/** The failed statement's place in the list, or -1. */
	private final int index;

	FailurePlace(FailedFile file, @Nullable ServerErrorMessage error) {
		this.file = file;
		this.error = error;
		this.statements = file.statements();
		this.index = find();
	}

	/**
	 * The statement that failed; {@code null} if it is not known.
	 */
	@Nullable SqlStatement statement() {
		return (this.index < 0) ? null : this.statements.get(this.index);
	}

	/**
	 * The statement's text, up to the end of the text that was sent; empty if it is not
	 * known.
	 */
	String text() {
		int begin = begin();
		if (begin < 0) {
			return "";
		}
		String rest = this.file.text().substring(begin);
		if (this.index + 1 == this.statements.size()) {
			return rest;
		}
		int next = beginOf(this.index + 1);
		return (next < 0) ? rest : this.file.text().substring(begin, next);
	}

	/**
	 * The word at PostgreSQL's position in small letters; {@code null} without one.
	 */
	@Nullable String near() {
		int at = position();
		if (at < 0) {
			return null;
		}
		Matcher word = Pattern.compile("[\\w.]+").matcher(this.file.text().substring(at));
		return word.lookingAt() ? word.group().substring(word.group().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)
				: null;
	}

	/**
	 * The line in the file, counted from 1; {@code null} if it is not known.
	 */
	@Nullable Integer line() {
		int position = position();
		if (position >= 0) {
			return this.file.lineAt(position);
		}
		int begin = begin();
		if (begin < 0) {
			return null;
		}
		String context = (this.error == null) ? null : this.error.getWhere();
		Matcher block = IN_DO_BLOCK.matcher((context == null) ? "" : context);
		Matcher quote = OPENING_QUOTE.matcher(this.file.text());
		if (block.find() && quote.find(begin)) {
			return this.file.lineAt(quote.start()) + Integer.parseInt(block.group(1)) - 1;
		}
		Matcher row = IN_COPY.matcher((context == null) ? "" : context);
		Matcher copy = COPY.matcher(this.file.text());
		if (row.find() && copy.find(begin) && this.statements.get(this.index).tokens().contains("stdin")) {
			return this.file.lineAt(copy.end()) + Integer.parseInt(row.group(1));
		}
		return this.file.lineAt(begin);
	}

	/**
	 * The line of the statement's first word, counted from 1; {@code null} if it is not
	 * known.
	 */
	@Nullable Integer firstLine() {
		int begin = begin();
		return (begin < 0) ? null : this.file.lineAt(begin);
	}

	/**
	 * PostgreSQL's position, counted from the statement's first word.
	 * @return in characters, from 1; 0 if PostgreSQL gave none
	 */
	int positionInStatement() {
		int position = position();
		int begin = begin();
		return (position < 0 || begin < 0 || position < begin) ? 0
				: this.file.text().codePointCount(begin, position) + 1;
	}

	private int find() {
		int position = position();
		if (position >= 0) {
			String text = this.file.text();
			int end = Math.min(text.offsetByCodePoints(position, (position < text.length()) ? 1 : 0), text.length());
			return Math.min(this.file.upTo(end).size(), this.statements.size()) - 1;
		}
		if (this.file.completed() != null) {
			return (this.file.completed() < this.statements.size()) ? this.file.completed() : -1;
		}
		return (this.statements.size() == 1) ? 0
				: (this.error == null) ? -1 : new StatementSearch(this.statements, this.error).find();
	}

	/**
	 * PostgreSQL's position as an index of the text; -1 if it gave none.
	 */
	private int position() {
		if (this.error == null || this.error.getPosition() < 1) {
			return -1;
		}
		String text = this.file.text();
		int characters = Math.min(this.error.getPosition() - 1, text.codePointCount(0, text.length()));
		return text.offsetByCodePoints(0, characters);
	}

	private int begin() {
		return (this.index < 0) ? -1 : beginOf(this.index);
	}

	/**
	 * Where a statement begins. Several may begin on one line, with the same word.
	 */
	private int beginOf(int statement) {
		String text = this.file.text();
		SqlStatement wanted = this.statements.get(statement);
		int at = 0;
		for (int line = 1; line < wanted.line(); line++) {
			at = text.indexOf('\n', at) + 1;
		}
		Matcher word = Pattern
			.compile(Pattern.quote(wanted.tokens().get(0)), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
			.matcher(text);
		for (boolean found = word.find(at); found; found = word.find()) {
			if (this.file.upTo(word.start()).size() == statement && this.file.upTo(word.end()).size() > statement) {
				return word.start();
			}
			if (this.file.lineAt(word.start()) - this.file.firstLine() + 1 > wanted.line()) {
				return -1;
			}
		}
		return -1;
	}

}
