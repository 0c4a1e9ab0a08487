package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;

import dev.skein.migration.CatalogObject;
import dev.skein.migration.ServiceState;
import dev.skein.migration.SideBySide;
import dev.skein.migration.SnapshotDifference;
import org.jspecify.annotations.Nullable;

/**
 * Two databases for people: a line for each service, then both sides of each object that
 * differs.
 */
final class CompareText {

	private static final String MARGIN = "\n             ";

	private CompareText() {
	}

	static String of(SideBySide sides) {
		List<List<String>> rows = new ArrayList<>();
		List<String> lines = new ArrayList<>();
		for (SideBySide.Pair pair : sides.services()) {
			rows.add(List.of(pair.here().service().name().value(), state(pair.here()), state(pair.there()),
					schema(sides, pair)));
			pair.differences().stream().map(CompareText::text).forEach(lines::add);
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
		String version = (state.current() == null) ? "-" : state.current().toString();
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

	private static String text(SnapshotDifference difference) {
		return switch (difference.change()) {
			case ADDED -> "  only there " + difference.name() + definition("", difference.after());
			case REMOVED -> "  only here  " + difference.name() + definition("", difference.before());
			case CHANGED -> "  differs    " + difference.name() + definition("here:  ", difference.before())
					+ definition("there: ", difference.after());
		};
	}

	private static String definition(String label, @Nullable CatalogObject object) {
		return (object == null || object.definition().isEmpty()) ? "" : MARGIN + label
				+ String.join(MARGIN + " ".repeat(label.length()), object.definition().lines().toList());
	}

}
