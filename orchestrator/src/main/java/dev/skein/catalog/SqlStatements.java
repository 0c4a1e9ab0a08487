package dev.skein.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

	private final String text;

	private final List<SqlStatement> statements = new ArrayList<>();

	private List<String> tokens = new ArrayList<>();

	private int at;

	private int line = 1;

	private int begin;

	private int depth;

	/** Where the last string ended, if backslashes had a meaning in it, or -1. */
	private int endOfEscapes = -1;

	/** The first backslash that is in no string, and its line; -1 if there is none. */
	private int backslash = -1;

	private int lineOfBackslash;

	private SqlStatements(String text) {
		this.text = text;
	}

	static List<SqlStatement> of(String text) {
		return new SqlStatements(text).split();
	}

	/**
	 * The first command for psql: no SQL has a backslash outside of strings.
	 * @return {@code null} if there is none
	 */
	static @Nullable PsqlCommand psqlCommandIn(String text) {
		if (text.indexOf('\\') < 0) {
			return null;
		}
		SqlStatements reading = new SqlStatements(text);
		reading.split();
		return (reading.backslash < 0) ? null : new PsqlCommand(reading.lineOfBackslash,
				text.substring(reading.backslash).lines().findFirst().orElseThrow().strip());
	}

	/**
	 * Whether it is worth to split a text: nearly every file has none of the words that
	 * matter, and there are thousands.
	 */
	static boolean mayNeedCare(String text) {
		return WORTH_READING.findsAnyIn(text);
	}

	private List<SqlStatement> split() {
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
				begin();
				skipQuoted('"', false);
				this.tokens.add(this.text.substring(start, this.at));
			}
			else if (character == '$') {
				skipDollar();
			}
			else if (isPartOfName(character)) {
				word();
			}
			else if (character == ';' && this.depth <= 0) {
				end();
			}
			else {
				sign(character);
			}
		}
		end();
		return this.statements;
	}

	private void sign(char character) {
		if (character == '\\' && this.backslash < 0) {
			this.backslash = this.at;
			this.lineOfBackslash = this.line;
		}
		if (!Character.isWhitespace(character)) {
			begin();
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
		begin();
		this.tokens.add(this.text.substring(start, this.at).toLowerCase(Locale.ROOT));
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
		if (quote == '\'') {
			begin();
			this.tokens.add("''");
		}
		int end = this.at + 1;
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
		begin();
		this.tokens.add("''");
		String quote = this.text.substring(this.at, end + 1);
		skipTo(indexOf(quote, end + 1) + quote.length());
	}

	private void begin() {
		if (this.tokens.isEmpty()) {
			this.begin = this.line;
		}
	}

	private void end() {
		skipTo(this.at + 1);
		if (!this.tokens.isEmpty()) {
			this.statements.add(new SqlStatement(this.begin, this.tokens));
			// The rows of COPY are no SQL.
			if (this.tokens.get(0).equals("copy") && this.tokens.contains("stdin")) {
				skipTo(indexOf("\n\\.", this.at) + 3);
			}
		}
		this.tokens = new ArrayList<>();
		this.depth = 0;
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
