package dev.skein.catalog;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the order of the names with what the files of yoyo say they depend on, which
 * is the order of that tool. Its lines are comments above the first statement.
 */
final class YoyoOrder {

	/** Blank lines and comments, of which the group is the last one's directive. */
	private static final String ABOVE = "\\A(?:[ \\t]*(?:--.*)?\\R)*?[ \\t]*--[ \\t]*%s[ \\t]*:[ \\t]*(.*)";

	private static final Pattern DEPENDS = Pattern.compile("[ \\t]*--[ \\t]*depends[ \\t]*:[ \\t]*(.*)");

	private static final Pattern COMMENT = Pattern.compile("\\s*(?:--.*)?");

	private static final Pattern TRANSACTIONAL = Pattern.compile(ABOVE.formatted("transactional"));

	private static final Set<String> NO = Set.of("0", "false", "no", "off", "n", "f");

	private YoyoOrder() {
	}

	/** Whether a file asks for no transaction. */
	static boolean runsOutside(SqlScript script) {
		Matcher matcher = TRANSACTIONAL.matcher(script.text());
		return matcher.lookingAt() && NO.contains(matcher.group(1).strip().toLowerCase(java.util.Locale.ROOT));
	}

	/**
	 * Reports files that depend on one that is not there, or that comes later.
	 * @param migrations the files, ascending
	 * @param problems takes what differs
	 */
	static void check(Collection<Migration> migrations, List<Problem> problems) {
		List<String> names = migrations.stream().map((file) -> NamedVersion.nameOf(file.script().name())).toList();
		Set<String> before = new HashSet<>();
		for (Migration file : migrations) {
			int line = 0;
			for (String text : file.script().text().lines().takeWhile(COMMENT.asMatchPredicate()).toList()) {
				line++;
				Matcher depends = DEPENDS.matcher(text);
				if (depends.matches() && !depends.group(1).isBlank()) {
					for (String name : depends.group(1).strip().split("\\s+", -1)) {
						if (!before.contains(name)) {
							problems.add(problem(file, line, name, names.contains(name)));
						}
					}
				}
			}
			before.add(NamedVersion.nameOf(file.script().name()));
		}
	}

	private static Problem problem(Migration file, int line, String name, boolean later) {
		String message = "file \"" + file.script().name() + "\" depends on \"" + name + "\", ";
		Location place = new Location(file.script().location().file(), line);
		return later
				? new CatalogProblem(place, message + "whose name comes later",
						"Skein runs files in the order of their names: give it a name below this one's")
				: new CatalogProblem(place, message + "for which there is no file",
						"bring that file along, or take its name out of the line");
	}

}
