package dev.skein.flyway;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.skein.catalog.SchemaName;

/**
 * Finds in the text of SQL what looks like a foreign key to another schema, or like a
 * change of a column that such a key may have, in strings and comments as well: code that
 * a block or a function runs is a string to the server.
 */
final class KeyText {

	private static final Pattern REFERENCES = Pattern.compile("\\breferences(?=[\\s/-])", Pattern.CASE_INSENSITIVE);

	/** A name, perhaps of a schema. One with {@code U&} may have escapes in it. */
	private static final Pattern NAME = Pattern.compile(
			"(?:(u&)?\"((?:[^\"]|\"\")++)\"|([\\p{L}_][\\w$\\x{80}-\\x{10FFFF}]*+))(\\s*+\\.)?",
			Pattern.CASE_INSENSITIVE);

	/**
	 * The server makes a foreign key again when one of its columns gets another type:
	 * {@code ALTER TABLE t ALTER c TYPE}. Each word is looked for behind the one before.
	 */
	private static final List<Pattern> OTHER_TYPE = Stream.of("alter", "alter", "type")
		.map((word) -> Pattern.compile("\\b" + word + "\\b", Pattern.CASE_INSENSITIVE))
		.toList();

	/** With another search path, a name without its schema may lead to another schema. */
	private static final Pattern PATH = Pattern.compile("search_path", Pattern.CASE_INSENSITIVE);

	/** Whatever could bring a row to a key, or check those that are there. */
	private static final Pattern ROWS = Pattern.compile(
			"\\b(?:insert|update|merge|copy|select|with|do|call|execute|alter|trigger)\\b", Pattern.CASE_INSENSITIVE);

	private final SchemaName schema;

	private boolean pathChanged;

	KeyText(SchemaName schema) {
		this.schema = schema;
	}

	/**
	 * Whether there may be such a key. Remembers a change of the search path for what is
	 * asked later.
	 * @param sql a file or a statement
	 */
	boolean isIn(String sql) {
		this.pathChanged |= PATH.matcher(sql).find();
		Matcher references = REFERENCES.matcher(sql);
		Matcher name = NAME.matcher(sql);
		int read = 0;
		while (references.find(read)) {
			read = afterGap(sql, references.end());
			if (name.region(read, sql.length()).lookingAt() && mayBeOfAnother(name)) {
				return true;
			}
		}
		return mayChangeAType(sql);
	}

	private static boolean mayChangeAType(String sql) {
		int at = 0;
		for (Pattern word : OTHER_TYPE) {
			Matcher found = word.matcher(sql);
			if (!found.find(at)) {
				return false;
			}
			at = found.end();
		}
		return true;
	}

	private boolean mayBeOfAnother(Matcher name) {
		boolean qualified = name.group(4) != null;
		return name.group(1) != null || (qualified ? !isOwn(name) : this.pathChanged);
	}

	private boolean isOwn(Matcher name) {
		String quoted = name.group(2);
		String own = (quoted != null) ? quoted.replace("\"\"", "\"") : name.group(3).toLowerCase(Locale.ROOT);
		return own.equals(this.schema.value());
	}

	/**
	 * Where the next word begins behind spaces and comments, as the server reads them:
	 * comments nest, and both kinds of line ends end one.
	 */
	private static int afterGap(String sql, int begin) {
		int at = begin;
		while (at < sql.length()) {
			if (Character.isWhitespace(sql.charAt(at))) {
				at++;
			}
			else if (sql.startsWith("--", at)) {
				while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
					at++;
				}
			}
			else if (sql.startsWith("/*", at)) {
				at = afterComment(sql, at);
			}
			else {
				return at;
			}
		}
		return at;
	}

	private static int afterComment(String sql, int begin) {
		int nested = 0;
		int at = begin;
		while (at < sql.length()) {
			if (sql.startsWith("/*", at)) {
				nested++;
				at += 2;
			}
			else if (sql.startsWith("*/", at)) {
				nested--;
				at += 2;
				if (nested == 0) {
					return at;
				}
			}
			else {
				at++;
			}
		}
		return at;
	}

	/**
	 * Whether a text has a statement that could bring rows, or looks at those that are
	 * there.
	 * @param sql a file
	 */
	static boolean bringsRows(String sql) {
		return ROWS.matcher(sql).find();
	}

}
