package dev.skein.drift;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The name of an object in a snapshot, taken apart.
 *
 * @param kind what it is
 * @param name its name as SQL takes it; of rights the role, of owners and comments the
 * object
 * @param on what it is on; {@code null} if it stands alone
 */
record ObjectName(String kind, String name, @Nullable String on) {

	private static final String IDENTIFIER = "(\"(?:[^\"]|\"\")*\"|[^\\s\".]+)";

	private static final Pattern ON = Pattern.compile("(constraint|trigger|rule|policy) " + IDENTIFIER + " on (.*)",
			Pattern.DOTALL);

	private static final Pattern RIGHTS = Pattern.compile("(rights) of (\"(?:[^\"]|\"\")*\"|\\S+) on (.*)",
			Pattern.DOTALL);

	private static final Pattern LAST = Pattern.compile("(.*)\\." + IDENTIFIER, Pattern.DOTALL);

	/** What stands in quotes is no bracket and no USING. */
	private static final Pattern BARE = Pattern.compile(
			"((?:\"(?:[^\"]|\"\")*+\"|[^\"])(?:\"(?:[^\"]|\"\")*+\"|[^\"(])*?)" + "(?: USING \\w+|\\(.*)?",
			Pattern.DOTALL);

	private static final List<String> KINDS = List.of("owner of", "comment on", "foreign table", "materialized view",
			"composite type", "range type", "text search configuration", "text search dictionary", "text search parser",
			"text search template", "operator class", "operator family", "operator", "collation", "conversion",
			"event trigger", "publication", "cast", "table", "view", "sequence", "column", "index", "function",
			"procedure", "aggregate", "enum", "domain", "type", "statistics", "schema");

	static ObjectName of(String text) {
		for (Pattern pattern : List.of(ON, RIGHTS)) {
			Matcher matcher = pattern.matcher(text);
			if (matcher.matches()) {
				return new ObjectName(matcher.group(1), matcher.group(2), matcher.group(3));
			}
		}
		String kind = KINDS.stream().filter((one) -> text.startsWith(one + " ")).findFirst().orElse("");
		return new ObjectName(kind, kind.isEmpty() ? text : text.substring(kind.length() + 1), null);
	}

	/**
	 * The kind as SQL calls it.
	 */
	String sqlKind() {
		return switch (this.kind) {
			case "enum", "composite type", "range type" -> "TYPE";
			default -> this.kind.toUpperCase(Locale.ROOT);
		};
	}

	/**
	 * The object with its kind as ALTER and COMMENT take it.
	 */
	String sql() {
		return sqlKind() + " " + this.name
				+ ((this.on == null) ? "" : " ON " + this.on.replaceFirst("^domain ", "DOMAIN "));
	}

	/**
	 * What it lies in: a column's table, a table's schema.
	 */
	String container() {
		Matcher matcher = LAST.matcher(this.name);
		return matcher.matches() ? matcher.group(1) : this.name;
	}

	/**
	 * Its name alone.
	 */
	String simple() {
		Matcher matcher = LAST.matcher(this.name);
		return matcher.matches() ? matcher.group(2) : this.name;
	}

	/**
	 * A name without what a routine takes or an operator class is for.
	 */
	static String bare(String name) {
		Matcher matcher = BARE.matcher(name);
		return matcher.matches() ? matcher.group(1) : name;
	}

	boolean isRelation() {
		return List.of("table", "foreign table", "view", "materialized view").contains(this.kind);
	}

	boolean isRoutine() {
		return List.of("function", "procedure", "aggregate").contains(this.kind);
	}

}
