package dev.skein.catalog;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Names objects in a service's schema by kind and name, with {@code *} for anything, such
 * as {@code index *_tmp_idx}.
 *
 * @param text the pattern; the schema is left out of the names
 */
public record ObjectPattern(String text) {

	static final String RULE = "write a kind and a name, with * for anything, such as: table audit_*";

	private static final List<String> KINDS = List.of("table", "foreign table", "view", "materialized view", "sequence",
			"column", "constraint", "index", "function", "procedure", "aggregate", "trigger", "rule", "policy", "enum",
			"domain", "composite type", "range type", "type", "statistics", "owner of", "rights of", "comment on",
			"schema", "collation", "operator", "extension", "*");

	/**
	 * Whether a text is a pattern: a misspelt kind would never match.
	 */
	static boolean isLegal(String text) {
		return KINDS.stream().anyMatch((kind) -> text.startsWith(kind + " ") && text.length() > kind.length() + 1);
	}

	/**
	 * Whether it means an object.
	 * @param schema the schema that the object lies in
	 * @param name the object's kind and whole name
	 * @return {@code true} if so
	 */
	public boolean matches(SchemaName schema, String name) {
		String inside = name.replaceAll(
				"(?<![\\w\".])(" + Pattern.quote(schema.value()) + "|" + Pattern.quote(schema.quoted()) + ")\\.", "");
		String pattern = String.join(".*", List.of(this.text.split("\\*", -1)).stream().map(Pattern::quote).toList());
		return Pattern.compile(pattern, Pattern.DOTALL).matcher(inside).matches();
	}

}
