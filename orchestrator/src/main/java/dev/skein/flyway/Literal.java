package dev.skein.flyway;

import org.jspecify.annotations.Nullable;

/**
 * Writes values into SQL that goes to the server as it is.
 */
final class Literal {

	private Literal() {
	}

	/**
	 * A string constant, the same with every {@code standard_conforming_strings}.
	 * @param value the value; {@code null} for NULL
	 * @return the constant
	 */
	static String of(@Nullable Object value) {
		if (value == null) {
			return "NULL";
		}
		String text = value.toString().replace("'", "''");
		return (text.indexOf('\\') < 0) ? "'" + text + "'" : "E'" + text.replace("\\", "\\\\") + "'";
	}

	/**
	 * An identifier.
	 * @param name the name
	 * @return the name in quotes
	 */
	static String name(String name) {
		return '"' + name.replace("\"", "\"\"") + '"';
	}

}
