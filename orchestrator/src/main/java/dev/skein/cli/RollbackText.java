package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.TableName;
import dev.skein.rollback.AppliedVersion;
import dev.skein.rollback.RollbackPlan;
import dev.skein.rollback.RollbackReport;
import dev.skein.rollback.UndoLoss;

/**
 * A rollback for people: what it will do and throw away, and what became of it.
 */
final class RollbackText {

	private final Surroundings surroundings;

	RollbackText(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	/**
	 * Shows what is to be done.
	 */
	void show(RollbackPlan plan, List<String> strangers, List<ServiceDefinition> foreign, Session session) {
		if (plan.finished() > 0) {
			this.surroundings.say("Goes on with a rollback that did not come to its end: "
					+ Plural.of(plan.finished(), "migration") + " undone already");
		}
		if (!plan.steps().isEmpty()) {
			this.surroundings.say("Undoes, in this order:");
			List<List<String>> rows = new ArrayList<>();
			for (AppliedVersion step : plan.steps()) {
				rows.add(List.of(step.service().name().value(), step.version().inName(), step.row().script(),
						Objects.requireNonNull(step.undo()).script().name()));
			}
			this.surroundings.say(table(List.of("SERVICE", "VERSION", "MIGRATION", "UNDO SCRIPT"), rows));
		}
		plan.outdated()
			.forEach((one) -> one.files()
				.forEach((file) -> this.surroundings.say((one.again() ? "Then applies again: " : "Then pending: ")
						+ one.service().name() + " " + file.script().name())));
		showLosses(UndoLoss.of(plan), session);
		plan.steps()
			.stream()
			.filter(AppliedVersion::isEdited)
			.forEach((step) -> this.surroundings.say("Careful: " + step.service().name() + " " + step.row().script()
					+ " was edited after it was applied, so its undo script may not fit"));
		if (!strangers.isEmpty()) {
			this.surroundings.say("Careful: what these services built on it is not seen, they are not in this catalog: "
					+ String.join(", ", strangers));
		}
		foreign.forEach((service) -> this.surroundings
			.say("Careful: what service \"" + service.name() + "\" built on it stays, its migrations belong to \""
					+ Objects.requireNonNull(service.tool()).name() + "\"; undo them with that tool first"));
	}

	private void showLosses(List<UndoLoss> losses, Session session) {
		if (losses.isEmpty()) {
			return;
		}
		Set<SchemaName> schemas = losses.stream().map((loss) -> loss.table().schema()).collect(Collectors.toSet());
		Map<TableName, Long> estimates = session.database().rows(schemas);
		this.surroundings.say("And throws away, as far as the scripts tell:");
		List<List<String>> rows = new ArrayList<>();
		for (UndoLoss loss : losses) {
			Long estimate = estimates.get(loss.table());
			rows.add(List.of((loss.column() == null) ? "table" : "column",
					loss.table() + ((loss.column() == null) ? "" : "." + loss.column()),
					(estimate == null) ? "not there" : "about " + Plural.of(estimate, "row")));
		}
		this.surroundings.say(table(List.of("WHAT", "NAME", "ROWS"), rows));
	}

	/**
	 * Prints what became of it.
	 */
	void print(RollbackReport report) {
		if (!report.undone().isEmpty()) {
			List<List<String>> rows = new ArrayList<>();
			report.undone()
				.forEach((one) -> rows.add(List.of(one.step().service().name().value(), one.step().version().toString(),
						Objects.requireNonNull(one.step().undo()).script().name(),
						one.file().durationMillis() + " ms")));
			this.surroundings.print(TextTable.of(List.of("SERVICE", "UNDONE", "UNDO SCRIPT", " TIME"), rows));
			this.surroundings.print("");
		}
		WarningText warnings = new WarningText();
		report.undone()
			.forEach((one) -> warnings.add(one.step().service(), one.file().migration().script().name(),
					one.file().notices()));
		report.reapplied().forEach((one) -> warnings.add(one.service(), one.script(), one.notices()));
		RollbackReport.Failure failure = report.failure();
		if (failure != null) {
			this.surroundings
				.print(ErrorText.of("Service \"" + failure.service().name() + "\" failed", failure.error()));
			warnings.add(failure.service(), failure.error().migration(), failure.notices());
			this.surroundings.print("");
		}
		if (!warnings.isEmpty()) {
			this.surroundings.print(warnings.text());
			this.surroundings.print("");
		}
		this.surroundings.print(summary(report));
		report.reapplied()
			.forEach((one) -> this.surroundings.print("Applied again: " + one.service().name() + " " + one.script()));
		report.outdated()
			.forEach((one) -> this.surroundings.print("Pending: " + one.service().name() + " " + one.script()
					+ (one.tried() ? " does not fit what is left; fix it, and the next migrate applies it"
							: "; the next migrate applies it")));
		RunText.printStop(report.stopped(), this.surroundings);
	}

	private static String summary(RollbackReport report) {
		String time = RunWords.seconds(report.durationMillis());
		return "Undone: " + Plural.of(report.undone().size(), "migration") + " in " + time
				+ (report.interrupted() ? "; interrupted" : "")
				+ (report.left().isEmpty() ? ""
						: "; left: "
								+ report.left().stream().map(AppliedVersion::label).collect(Collectors.joining(", "))
								+ "; the same command goes on from here");
	}

	private static String table(List<String> headers, List<List<String>> rows) {
		return TextTable.of(headers, rows).indent(1).stripTrailing();
	}

}
