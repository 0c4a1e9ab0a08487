package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;

import dev.skein.migration.ServiceState;
import dev.skein.migration.SideBySide;

/**
 * Two databases for people: a line for each service, then both sides of each object that
 * differs.
 */
final class CompareText {

	private static final DifferenceText DIFFERENCE = new DifferenceText("  only there ", "  only here  ",
			"  differs    ", "here:  ", "there: ");

	private CompareText() {
	}

	static String of(SideBySide sides) {
		List<List<String>> rows = new ArrayList<>();
		List<String> lines = new ArrayList<>();
		for (SideBySide.Pair pair : sides.services()) {
			rows.add(List.of(pair.here().service().name().value(), state(pair.here()), state(pair.there()),
					schema(sides, pair)));
			pair.differences().stream().map(DIFFERENCE::of).forEach(lines::add);
		}
		lines.add(0, TextTable.of(List.of("SERVICE", "HERE", "THERE", "SCHEMA"), rows));
		if (sides.objection() != null) {
			lines.add("Schemas are not compared: " + sides.objection() + ".");
		}
		long differing = sides.services().stream().filter((pair) -> !pair.isSame()).count();
		if (differing > 0) {
			lines.add(differing + " of " + Plural.of(sides.services().size(), "service") + " differ.");
		}
		else if (sides.objection() == null) {
			lines.add("Both sides are the same.");
		}
		return String.join("\n", lines);
	}

	private static String state(ServiceState state) {
		String version = (state.current() == null) ? "-" : state.current().inName();
		return switch (state.state()) {
			case UP_TO_DATE -> version;
			case PENDING -> version + ", " + state.pending().size() + " pending";
			case FAILED, MISSING, CHECKSUM_MISMATCH, AHEAD -> version + ", " + state.state().label();
		};
	}

	private static String schema(SideBySide sides, SideBySide.Pair pair) {
		if (sides.objection() != null) {
			return "not compared";
		}
		int number = pair.differences().size();
		return (number == 0) ? "same" : Plural.of(number, "difference");
	}

}
