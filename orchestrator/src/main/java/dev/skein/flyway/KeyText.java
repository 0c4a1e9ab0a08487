package dev.skein.flyway;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.skein.catalog.SchemaName;

/**
 * Finds in the text of SQL what looks like a foreign key to another schema, in strings
 * and comments as well: code that a block or a function runs is a string to the server.
 */
final class KeyText {

	private static final Pattern REFERENCES = Pattern.compile(
			"\\breferences(?:\\s++|--[^\n]*+|/\\*(?s:.*?)\\*/)++(?:\"((?:[^\"]|\"\")++)\"|([\\p{L}_][\\w$\\x{80}-\\x{10FFFF}]*+))"
					+ "(\\s*+\\.)?",
			Pattern.CASE_INSENSITIVE);

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
		while (references.find()) {
			boolean qualified = references.group(3) != null;
			if (qualified ? !isOwn(references) : this.pathChanged) {
				return true;
			}
		}
		return false;
	}

	private boolean isOwn(Matcher references) {
		String quoted = references.group(1);
		String name = (quoted != null) ? quoted.replace("\"\"", "\"") : references.group(2).toLowerCase(Locale.ROOT);
		return name.equals(this.schema.value());
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
