package dev.skein.text;

import org.jspecify.annotations.Nullable;

/**
 * The quotes of a piece of SQL, as PostgreSQL and psql read it: strings, quoted names,
 * dollar quotes and comments. Tells whether all of them end, and writes what is not
 * printed in them as escapes that mean the same.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/sql-syntax-lexical.html">PostgreSQL: lexical
 * structure</a>
 */
public final class SqlQuotes {

	private final String sql;

	private final StringBuilder printable = new StringBuilder();

	private int at;

	private boolean open;

	private SqlQuotes(String sql) {
		this.sql = sql;
		while (this.at < sql.length()) {
			next();
		}
	}

	/**
	 * Whether every string, quoted name, dollar quote and comment that begins in a text
	 * ends in it.
	 * @param sql some SQL
	 * @return {@code false} if what follows the text would be part of one
	 */
	public static boolean allEnd(String sql) {
		return !new SqlQuotes(sql).open;
	}

	/**
	 * The same SQL without characters that a terminal would obey. Line breaks and tabs
	 * stay in strings, and not in names.
	 * @param sql some SQL
	 * @return SQL that PostgreSQL reads as the same
	 */
	public static String printable(String sql) {
		return new SqlQuotes(sql).printable.toString();
	}

	private void next() {
		char character = this.sql.charAt(this.at);
		if (this.sql.startsWith("--", this.at)) {
			comment(endOfLine());
		}
		else if (this.sql.startsWith("/*", this.at)) {
			comment(endOfComment());
		}
		else if (character == '\'') {
			boolean escapes = follows('E');
			boolean unicode = followsUnicode();
			String content = quoted('\'', escapes);
			if (unicode) {
				unicode('\'', content);
			}
			else {
				string(escapes, content);
			}
		}
		else if (character == '"') {
			boolean unicode = followsUnicode();
			String content = quoted('"', false);
			if (unicode) {
				unicode('"', content);
			}
			else {
				name(content);
			}
		}
		else if (character == '$' && !follows('$') && dollarQuote() != null) {
			dollar(String.valueOf(dollarQuote()));
		}
		else {
			String sign = Character.toString(this.sql.codePointAt(this.at));
			this.printable.append(PrintableText.of(sign));
			this.at += sign.length();
		}
	}

	/**
	 * Whether the character before is this one, or, for a letter, is it as a word alone.
	 */
	private boolean follows(char sign) {
		if (this.at == 0) {
			return false;
		}
		char before = this.sql.charAt(this.at - 1);
		if (sign == '$') {
			return before == '$' || before == '_' || Character.isLetterOrDigit(before);
		}
		boolean alone = this.at < 2 || !(Character.isLetterOrDigit(this.sql.charAt(this.at - 2))
				|| this.sql.charAt(this.at - 2) == '_' || this.sql.charAt(this.at - 2) == '$');
		return alone && Character.toUpperCase(before) == sign;
	}

	private boolean followsUnicode() {
		return this.at >= 2 && this.sql.charAt(this.at - 1) == '&'
				&& Character.toUpperCase(this.sql.charAt(this.at - 2)) == 'U';
	}

	private int endOfLine() {
		int end = this.at;
		while (end < this.sql.length() && this.sql.charAt(end) != '\n' && this.sql.charAt(end) != '\r') {
			end++;
		}
		return end;
	}

	/** Block comments nest. */
	private int endOfComment() {
		int nested = 0;
		int end = this.at;
		while (end < this.sql.length()) {
			if (this.sql.startsWith("/*", end)) {
				nested++;
				end += 2;
			}
			else if (this.sql.startsWith("*/", end)) {
				nested--;
				end += 2;
				if (nested == 0) {
					return end;
				}
			}
			else {
				end++;
			}
		}
		this.open = true;
		return this.sql.length();
	}

	private void comment(int end) {
		this.printable.append(PrintableText.of(this.sql.substring(this.at, end)));
		this.at = end;
	}

	/**
	 * Reads what stands in quotes, with the quotes in it as they are.
	 */
	private String quoted(char quote, boolean escapes) {
		int start = this.at + 1;
		for (int end = start; end < this.sql.length(); end++) {
			char character = this.sql.charAt(end);
			if (escapes && character == '\\') {
				end++;
			}
			else if (character == quote) {
				if (end + 1 < this.sql.length() && this.sql.charAt(end + 1) == quote) {
					end++;
				}
				else {
					this.at = end + 1;
					return this.sql.substring(start, end);
				}
			}
		}
		this.open = true;
		this.at = this.sql.length();
		return this.sql.substring(start);
	}

	private void string(boolean escapes, String content) {
		if (isPrintable(content)) {
			this.printable.append('\'').append(content).append('\'');
		}
		else {
			this.printable.append(escapes ? "'" : "E'")
				.append(escaped(escapes ? withoutIdle(content) : content.replace("\\", "\\\\").replace("''", "\\'")))
				.append('\'');
		}
	}

	/**
	 * Whether a string may be printed as it is: no line of it looks like a command to
	 * psql either.
	 */
	private static boolean isPrintable(String content) {
		return PrintableText.shown(content, true).equals(content) && !content.contains("\n\\");
	}

	/**
	 * The content of a string with escapes, in one line.
	 */
	private static String escaped(String content) {
		return PrintableText.line(content.replace("\n", "\\n").replace("\t", "\\t"));
	}

	/**
	 * A backslash before a character without an escape of its own says nothing. A quote
	 * is written so that drivers that know no doubled ones there find the end, too.
	 */
	private static String withoutIdle(String content) {
		StringBuilder all = new StringBuilder();
		for (int i = 0; i < content.length(); i++) {
			char character = content.charAt(i);
			if (character == '\\' && i + 1 < content.length()) {
				i++;
				char next = content.charAt(i);
				all.append(PrintableText.isLine(String.valueOf(next)) ? "\\" : "").append(next);
			}
			else if (character == '\'') {
				i++;
				all.append("\\'");
			}
			else {
				all.append(character);
			}
		}
		return all.toString();
	}

	private void name(String content) {
		if (PrintableText.isLine(content)) {
			this.printable.append('"').append(content).append('"');
		}
		else {
			this.printable.append("U&\"");
			content.codePoints().forEach(this::signOfName);
			this.printable.append('"');
		}
	}

	private void unicode(char quote, String content) {
		this.printable.append(quote);
		content.codePoints()
			.mapToObj(Character::toString)
			.forEach((sign) -> this.printable.append(sign.equals("\\") ? sign : sign(sign)));
		this.printable.append(quote);
	}

	private static String sign(String sign) {
		return PrintableText.isLine(sign) ? sign : "\\" + PrintableText.code(sign.codePointAt(0)).substring(2);
	}

	/** Such names have other escapes than strings: four digits after the backslash. */
	private void signOfName(int character) {
		String sign = Character.toString(character);
		if (sign.equals("\\")) {
			this.printable.append("\\\\");
		}
		else {
			this.printable.append(sign(sign));
		}
	}

	private @Nullable String dollarQuote() {
		int end = this.at + 1;
		while (end < this.sql.length()
				&& (Character.isLetterOrDigit(this.sql.charAt(end)) || this.sql.charAt(end) == '_')) {
			end++;
		}
		boolean ends = end < this.sql.length() && this.sql.charAt(end) == '$';
		return (ends && !Character.isDigit(this.sql.charAt(this.at + 1))) ? this.sql.substring(this.at, end + 1) : null;
	}

	private void dollar(String quote) {
		int start = this.at + quote.length();
		int end = this.sql.indexOf(quote, start);
		if (end < 0) {
			this.open = true;
			this.printable.append(PrintableText.of(this.sql.substring(this.at)));
			this.at = this.sql.length();
			return;
		}
		String content = this.sql.substring(start, end);
		this.at = end + quote.length();
		if (isPrintable(content)) {
			this.printable.append(quote).append(content).append(quote);
		}
		else {
			this.printable.append("E'").append(escaped(content.replace("\\", "\\\\").replace("'", "\\'"))).append('\'');
		}
	}

}
