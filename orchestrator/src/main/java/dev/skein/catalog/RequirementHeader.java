package dev.skein.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the header lines {@code -- requires: user-auth@003} of a migration: those before
 * the first line that is neither empty nor a comment.
 */
final class RequirementHeader {

	private static final Pattern LINE = Pattern.compile("--\\s*requires:\\s*(.*)");

	private RequirementHeader() {
	}

	static List<Requirement> read(SqlScript script, List<Problem> problems) {
		List<Requirement> requirements = new ArrayList<>();
		int number = 0;
		for (String line : (Iterable<String>) script.text().lines()::iterator) {
			number++;
			String text = line.strip();
			if (!text.isEmpty() && !text.startsWith("--")) {
				break;
			}
			Matcher matcher = LINE.matcher(text);
			if (matcher.matches()) {
				Location location = new Location(script.location().file(), number);
				for (String item : matcher.group(1).strip().split("\\s*,\\s*", -1)) {
					if (Requirement.isLegal(item)) {
						requirements.add(Requirement.parse(item, location));
					}
					else {
						problems.add(new CatalogProblem(location, "requirement \"" + item + "\" is not legal",
								"write the name of a service, or name@version"));
					}
				}
			}
		}
		return requirements;
	}

}
