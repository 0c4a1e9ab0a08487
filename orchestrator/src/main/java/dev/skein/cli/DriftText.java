package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;

import dev.skein.drift.DriftScript;
import dev.skein.migration.DriftCheck;
import dev.skein.migration.KeptSnapshot;
import dev.skein.migration.ServiceDrift;

/**
 * Drift for people: each service that differs, both sides of each object, and the SQL
 * that brings it back.
 */
final class DriftText {

	private static final DifferenceText DIFFERENCE = new DifferenceText("  added     ", "  removed   ", "  changed   ",
			"was: ", "is:  ");

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
	 * Statements as one script, all or nothing.
	 */
	static String script(List<String> statements) {
		return "BEGIN;\nSET LOCAL check_function_bodies = off;\n" + String.join("\n", statements) + "\nCOMMIT;";
	}

	private static String text(ServiceDrift drift) {
		List<String> lines = new ArrayList<>();
		lines.add(drift.service().name() + ": " + state(drift));
		drift.differences().forEach((difference) -> lines.add(DIFFERENCE.of(difference)));
		drift.foreign()
			.forEach((foreign) -> lines
				.add("  foreign   " + foreign.object() + ", owned by \"" + foreign.owner() + "\""));
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
