package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.migration.ToolTakeover;

/**
 * What the record of another tool says about a service's files, for people.
 */
final class ToolTakeoverText {

	private ToolTakeoverText() {
	}

	static void print(ToolTakeover takeover, Surroundings surroundings) {
		surroundings.say("Service \"" + takeover.service().name() + "\": table " + takeover.record().table() + " of "
				+ takeover.record().tool().label() + " has " + rows(takeover.record().rows()));
		List<String> lines = new ArrayList<>();
		for (Migration file : takeover.applied()) {
			lines.add("  applied  " + file.script().name());
		}
		for (Migration file : takeover.pending()) {
			lines.add("  pending  " + file.script().name());
		}
		lines.forEach(surroundings::say);
	}

	private static String rows(List<String> rows) {
		return switch (rows.size()) {
			case 0 -> "no rows";
			case 1 -> "1 row: " + rows.get(0);
			default -> rows.size() + " rows, " + rows.get(0) + " to " + rows.get(rows.size() - 1);
		};
	}

}
