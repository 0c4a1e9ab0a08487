package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.MigrationFormat;
import dev.skein.migration.UndoFinding;
import dev.skein.migration.UndoReport;

/**
 * The report of a trial for people: what is wrong with which file, object by object.
 */
final class UndoText {

	private static final DifferenceText DIFFERENCE = new DifferenceText("  left      ", "  missing   ", "  changed   ",
			"expected: ", "found:    ");

	private final UndoReport report;

	UndoText(UndoReport report) {
		this.report = report;
	}

	void print(Surroundings surroundings) {
		for (UndoFinding finding : this.report.findings()) {
			surroundings.print(text(finding) + "\n");
		}
		this.report.blocked()
			.forEach((service, culprit) -> surroundings
				.print("Service \"" + service + "\" was not tried: it requires \"" + culprit + "\"\n"));
		surroundings.print(summary());
	}

	private String summary() {
		String time = " in " + RunWords.seconds(this.report.durationMillis());
		if (this.report.passed()) {
			return "Undo passed: " + Plural.of(this.report.migrations(), "migration") + " up, down and up again" + time;
		}
		long wrong = this.report.findings().stream().map(UndoFinding::migration).distinct().count();
		return "Undo failed: " + Plural.of(wrong, "migration") + " with findings, " + this.report.tried() + " of "
				+ this.report.migrations() + " tried" + time + (this.report.interrupted() ? "; interrupted" : "");
	}

	private static String text(UndoFinding finding) {
		String up = finding.migration().script().name();
		Migration undo = finding.undo();
		String down = (undo == null) ? "" : undo.script().name();
		String what = switch (finding.kind()) {
			case MIGRATION_FAILED -> up + " failed";
			case UNDO_MISSING -> up + " has no undo script";
			case UNDO_FAILED -> down + " failed";
			case NOT_UNDONE -> down + " does not undo " + up;
			case AGAIN_FAILED -> up + " cannot be applied again after " + down;
			case AGAIN_DIFFERENT -> up + " makes something else after " + down;
		};
		List<String> lines = new ArrayList<>();
		lines.add("Service \"" + finding.service().name() + "\": " + what);
		if (finding.error() != null) {
			lines.addAll(ErrorText.lines(finding.error()));
			return String.join("\n", lines);
		}
		lines.add("  file      " + ((undo == null) ? finding.migration() : undo).script().location().file());
		finding.differences().forEach((difference) -> lines.add(DIFFERENCE.of(difference)));
		lines.add("  way out   " + wayOut(finding, up, down));
		return String.join("\n", lines);
	}

	private static String missing(MigrationFormat format, String up) {
		return ((format == MigrationFormat.FLYWAY) ? "write U" + up.substring(1) + " beside it" : format.wayBack())
				+ ", which undoes what it does";
	}

	private static String wayOut(UndoFinding finding, String up, String down) {
		return switch (finding.kind()) {
			case UNDO_MISSING -> missing(finding.service().format(), up);
			case AGAIN_DIFFERENT -> "let " + down + " bring back all that " + up + " begins with";
			case NOT_UNDONE -> "let " + down + " bring back exactly what was there before " + up;
			case MIGRATION_FAILED, UNDO_FAILED, AGAIN_FAILED -> "fix the file";
		};
	}

}
