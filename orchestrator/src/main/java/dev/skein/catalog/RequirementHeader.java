package dev.skein.catalog;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the header lines {@code -- requires: user-auth@003} of a migration.
 */
final class RequirementHeader {

	private RequirementHeader() {
	}

	static List<Requirement> read(SqlScript script, List<Problem> problems) {
		List<Requirement> requirements = new ArrayList<>();
		for (HeaderLine line : HeaderLine.of(script, "requires")) {
			for (String item : line.value().split("\\s*,\\s*", -1)) {
				if (Requirement.isLegal(item)) {
					requirements.add(Requirement.parse(item, line.location()));
				}
				else {
					problems.add(new CatalogProblem(line.location(), "requirement \"" + item + "\" is not legal",
							"write the name of a service, or name@version"));
				}
			}
		}
		return requirements;
	}

}
