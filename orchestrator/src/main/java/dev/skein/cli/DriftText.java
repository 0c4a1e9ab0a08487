package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.skein.drift.DriftScript;
import dev.skein.migration.DriftCheck;
import dev.skein.migration.KeptSnapshot;
import dev.skein.migration.ServiceDrift;
import dev.skein.text.PrintableText;

/**
 * Drift for people: each service that differs, both sides of each object, and the SQL
 * that brings it back.
 */
final class DriftText {

	private static final DifferenceText DIFFERENCE = new DifferenceText("  added     ", "  removed   ", "  changed   ",
			"was: ", "is:  ");

	/** What the script does not do, and what its reader has to know first. */
	private static final Pattern FIRST = Pattern
		.compile("-- (?:Not |The rows of .* do not come back|How far |Adding ).*", Pattern.DOTALL);

	private final DriftCheck check;

	DriftText(DriftCheck check) {
		this.check = check;
	}

	void print(Surroundings surroundings) {
		List<String> script = new ArrayList<>();
		int same = 0;
		for (ServiceDrift drift : this.check.services()) {
			script.addAll(DriftScript.of(drift, this.check.live()));
			boolean asLeft = drift.objection() == null && !drift.isDrifted();
			same += asLeft ? 1 : 0;
			if (!asLeft || !drift.foreign().isEmpty()) {
				surroundings.print(text(drift));
			}
		}
		if (same > 0) {
			surroundings.print(Plural.of(same, "service") + ((same == 1) ? " is" : " are") + " as the last run left "
					+ ((same == 1) ? "it." : "them."));
		}
		if (!script.isEmpty()) {
			surroundings.print("\nThis brings it back:\n\n" + script(script));
		}
	}

	/**
	 * Statements as one script, all or nothing, after what it cannot do.
	 */
	static String script(List<String> statements) {
		List<String> lines = new ArrayList<>(statements);
		List<String> words = statements.stream().filter((line) -> FIRST.matcher(line).matches()).toList();
		lines.removeAll(words);
		lines.addAll(0, List.of("BEGIN;", "SET LOCAL check_function_bodies = off;"));
		lines.addAll(0, words);
		lines.add("COMMIT;");
		return String.join("\n", lines);
	}

	private static String text(ServiceDrift drift) {
		List<String> lines = new ArrayList<>();
		lines.add(drift.service().name() + ": " + state(drift));
		drift.differences().forEach((difference) -> lines.add(DIFFERENCE.of(difference)));
		drift.foreign()
			.forEach((foreign) -> lines
				.add("  foreign   " + PrintableText.line(foreign.object() + ", owned by \"" + foreign.owner()) + "\""));
		return String.join("\n", lines);
	}

	private static String state(ServiceDrift drift) {
		KeptSnapshot kept = drift.kept();
		if (drift.objection() != null || kept == null) {
			return "not compared, " + drift.objection()
					+ "; the next run that migrates it keeps that, or skein drift --accept";
		}
		if (!drift.isDrifted()) {
			return "as the last run left it";
		}
		return Plural.of(drift.differences().size(), "difference") + " to what run " + kept.run() + " left at "
				+ kept.takenAt();
	}

}
