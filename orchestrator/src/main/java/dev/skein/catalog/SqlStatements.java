package dev.skein.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Splits a file into its statements as PostgreSQL reads it: comments, strings, quoted
 * names and dollar quotes are told apart, so that a word in one of them is no alarm.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/sql-syntax-lexical.html">PostgreSQL: lexical
 * structure</a>
 */
final class SqlStatements {

	private static final WordSearch WORTH_READING = WordSearch.forWords("concurrently", "vacuum", "reindex", "system",
			"database", "tablespace", "subscription", "discard");

	/** Behind these a statement of PL/pgSQL begins, as behind a semicolon. */
	private static final Set<String> BLOCKS = Set.of("begin", "then", "else", "loop");

	private final String text;

	private final boolean block;

	private final List<StatementText> statements = new ArrayList<>();

	private final List<CopyRows> copies = new ArrayList<>();

	private List<String> tokens = new ArrayList<>();

	private List<StatementText.Quoted> bodies = new ArrayList<>();

	private int at;

	private int line = 1;

	private int begin;

	private int beginAt;

	private int depth;

	/** Whether a body is being read that is SQL and no string, and has semicolons. */
	private boolean atomic;

	/** Where the last string ended, if backslashes had a meaning in it, or -1. */
	private int endOfEscapes = -1;

	/** The first backslash that is in no string, and its line; -1 if there is none. */
	private int backslash = -1;

	private int lineOfBackslash;

	private SqlStatements(String text, boolean block) {
		this.text = text;
		this.block = block;
	}

	static List<SqlStatement> of(String text) {
		return read(text).statements.stream().map(StatementText::statement).toList();
	}

	/**
	 * The statements of a body in PL/pgSQL, those in its blocks by themselves.
	 */
	static List<SqlStatement> ofBlock(String text) {
		return read(text, true).statements.stream().map(StatementText::statement).toList();
	}

	static SqlStatements read(String text) {
		return read(text, false);
	}

	private static SqlStatements read(String text, boolean block) {
		SqlStatements statements = new SqlStatements(text, block);
		statements.split();
		return statements;
	}

	/**
	 * The statements with their places in the text.
	 */
	List<StatementText> texts() {
		return this.statements;
	}

	/**
	 * The rows of each {@code COPY ... FROM stdin}, in their order.
	 */
	List<CopyRows> copies() {
		return this.copies;
	}

	/**
	 * The first command for psql: no SQL has a backslash outside of strings.
	 * @return {@code null} if there is none
	 */
	@Nullable PsqlCommand psqlCommand() {
		return (this.backslash < 0) ? null : new PsqlCommand(this.lineOfBackslash,
				this.text.substring(this.backslash).lines().findFirst().orElseThrow().strip());
	}

	/**
	 * Whether it is worth to split a text: nearly every file has none of the words that
	 * matter, and there are thousands.
	 */
	static boolean mayNeedCare(String text) {
		return WORTH_READING.findsAnyIn(text);
	}

	private void split() {
		while (this.at < this.text.length()) {
			char character = this.text.charAt(this.at);
			if (looksAt("--")) {
				skipTo(indexOf("\n", this.at));
			}
			else if (looksAt("/*")) {
				skipComment();
			}
			else if (character == '\'') {
				skipQuoted('\'', endsWithEscapePrefix() || continuesEscapes());
			}
			else if (character == '"') {
				int start = this.at;
				begin(start);
				skipQuoted('"', false);
				this.tokens.add(this.text.substring(start, this.at));
			}
			else if (character == '$') {
				skipDollar();
			}
			else if (isPartOfName(character)) {
				word();
			}
			else if (character == ';' && this.depth <= 0 && !this.atomic) {
				skipTo(this.at + 1);
				end();
			}
			else {
				sign(character);
			}
		}
		end();
	}

	private void sign(char character) {
		if (character == '\\' && this.backslash < 0) {
			this.backslash = this.at;
			this.lineOfBackslash = this.line;
		}
		if (!Character.isWhitespace(character)) {
			begin(this.at);
			this.depth += (character == '(') ? 1 : (character == ')') ? -1 : 0;
			this.tokens.add(String.valueOf(character));
		}
		skipTo(this.at + 1);
	}

	private void word() {
		int start = this.at;
		while (this.at < this.text.length()
				&& (isPartOfName(this.text.charAt(this.at)) || this.text.charAt(this.at) == '$')) {
			this.at++;
		}
		begin(start);
		String word = this.text.substring(start, this.at).toLowerCase(Locale.ROOT);
		String before = this.tokens.isEmpty() ? "" : this.tokens.get(this.tokens.size() - 1);
		if (word.equals("atomic") && before.equals("begin") && StatementText.createsRoutine(this.tokens)) {
			this.atomic = true;
		}
		else if (this.atomic && word.equals("end") && (before.equals(";") || before.equals("atomic"))) {
			this.atomic = false;
		}
		this.tokens.add(word);
		if (this.block && BLOCKS.contains(word)) {
			end();
		}
	}

	/** Block comments nest. */
	private void skipComment() {
		int nested = 0;
		do {
			nested += looksAt("/*") ? 1 : looksAt("*/") ? -1 : 0;
			skipTo(this.at + ((looksAt("/*") || looksAt("*/")) ? 2 : 1));
		}
		while (nested > 0 && this.at < this.text.length());
	}

	private void skipQuoted(char quote, boolean escapes) {
		int start = this.at + 1;
		int end = start;
		while (end < this.text.length()) {
			char character = this.text.charAt(end);
			if (escapes && character == '\\') {
				end++;
			}
			else if (character == quote) {
				if (end + 1 >= this.text.length() || this.text.charAt(end + 1) != quote) {
					break;
				}
				end++;
			}
			end++;
		}
		if (quote == '\'') {
			string(this.text.substring(start, Math.min(end, this.text.length())).replace("''", "'"));
		}
		skipTo(end + 1);
		this.endOfEscapes = escapes ? this.at : -1;
	}

	/** A string goes on after a line's end as it began. */
	private boolean continuesEscapes() {
		String between = (this.endOfEscapes < 0) ? "" : this.text.substring(this.endOfEscapes, this.at);
		return between.isBlank() && between.contains("\n");
	}

	private boolean endsWithEscapePrefix() {
		return this.at > 0 && (this.text.charAt(this.at - 1) == 'E' || this.text.charAt(this.at - 1) == 'e')
				&& (this.at < 2 || !isPartOfName(this.text.charAt(this.at - 2)));
	}

	private void skipDollar() {
		int end = this.at + 1;
		while (end < this.text.length() && isPartOfName(this.text.charAt(end))) {
			end++;
		}
		boolean tag = end < this.text.length() && this.text.charAt(end) == '$'
				&& !Character.isDigit(this.text.charAt(this.at + 1));
		if (!tag) {
			sign('$');
			return;
		}
		String quote = this.text.substring(this.at, end + 1);
		int close = indexOf(quote, end + 1);
		string(this.text.substring(end + 1, close));
		skipTo(close + quote.length());
	}

	private void string(String content) {
		begin(this.at);
		if (StatementText.mayHaveBody(this.tokens)) {
			this.bodies.add(new StatementText.Quoted(content, this.line));
		}
		this.tokens.add("''");
	}

	private void begin(int start) {
		if (this.tokens.isEmpty()) {
			this.begin = this.line;
			this.beginAt = start;
		}
	}

	private void end() {
		if (!this.tokens.isEmpty()) {
			SqlStatement statement = new SqlStatement(this.begin, this.tokens);
			this.statements.add(new StatementText(statement, this.beginAt, this.at, this.bodies));
			if (CopyRows.follow(statement)) {
				CopyRows rows = CopyRows.read(this.text, this.at, statement.line(), this.line);
				this.copies.add(rows);
				skipTo(rows.end());
			}
		}
		this.tokens = new ArrayList<>();
		this.bodies = new ArrayList<>();
		this.depth = 0;
		this.atomic = false;
	}

	private boolean looksAt(String sign) {
		return this.text.startsWith(sign, this.at);
	}

	private int indexOf(String sign, int from) {
		int index = this.text.indexOf(sign, Math.min(from, this.text.length()));
		return (index < 0) ? this.text.length() : index;
	}

	private void skipTo(int target) {
		int end = Math.min(target, this.text.length());
		for (; this.at < end; this.at++) {
			this.line += (this.text.charAt(this.at) == '\n') ? 1 : 0;
		}
	}

	private static boolean isPartOfName(char character) {
		return Character.isLetterOrDigit(character) || character == '_';
	}

}
