package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.Version;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.Outcome;
import dev.skein.migration.RunReport;
import dev.skein.migration.ServiceReport;
import dev.skein.migration.TableName;
import org.jspecify.annotations.Nullable;

/**
 * A run's report for people: one line where nothing was to do, else a table, and what
 * went wrong with the way out.
 */
final class RunText {

	/**
	 * A table of more services where nothing happened would hide the one where something
	 * did.
	 */
	private static final int MOST_UP_TO_DATE = 20;

	private final RunReport report;

	private final SeedText seeds;

	RunText(RunReport report) {
		this.report = report;
		this.seeds = new SeedText(report.seeds());
	}

	void print(Surroundings surroundings) {
		VerificationText verification = new VerificationText(this.report.verification(), this::isExplained, false,
				this.report.services().stream().map(ServiceReport::service));
		String upToDate = "Database \"" + this.report.database().name() + "\" is up to date: "
				+ Plural.of(this.report.services().size(), "service");
		if (this.report.outcome() == Outcome.UP_TO_DATE) {
			surroundings.print(upToDate + ", " + verification.counts());
			return;
		}
		boolean onlySeeds = !this.report.seeds().isEmpty() && this.report.verification().passed()
				&& count(Outcome.UP_TO_DATE) == this.report.services().size();
		surroundings.print(onlySeeds ? upToDate : table());
		for (ServiceReport service : this.report.services()) {
			if (service.error() != null) {
				surroundings.print("");
				surroundings
					.print(ErrorText.of("Service \"" + service.service().name() + "\" failed", service.error()));
			}
		}
		this.seeds.print(surroundings);
		WarningText warnings = warnings();
		if (!warnings.isEmpty()) {
			surroundings.print("");
			surroundings.print(warnings.text());
		}
		surroundings.print("");
		surroundings.print(summary());
		verification.print(surroundings);
		printStop(this.report.stopped(), surroundings);
	}

	/**
	 * The last words of a run that could not go on.
	 */
	static void printStop(RunReport.@Nullable Stop stopped, Surroundings surroundings) {
		if (stopped != null) {
			surroundings.print("Stopped: " + stopped.reason());
			surroundings.print("  " + stopped.hint());
		}
	}

	private WarningText warnings() {
		WarningText warnings = new WarningText();
		for (ServiceReport service : this.report.services()) {
			service.migrations()
				.forEach((file) -> warnings.add(service.service(), file.migration().script().name(), file.notices()));
			warnings.add(service.service(), (service.error() == null) ? null : service.error().migration(),
					service.notices());
		}
		this.report.seeds()
			.forEach((seed) -> warnings.add(seed.service(), seed.file().script().name(), seed.notices()));
		return warnings;
	}

	private String table() {
		long upToDate = count(Outcome.UP_TO_DATE);
		if (upToDate <= MOST_UP_TO_DATE) {
			return table(this.report.services());
		}
		List<ServiceReport> others = this.report.services()
			.stream()
			.filter((service) -> service.outcome() != Outcome.UP_TO_DATE)
			.toList();
		return others.isEmpty() ? upToDate + " services were up to date"
				: table(others) + "\n" + upToDate + " more services were up to date";
	}

	private String table(List<ServiceReport> services) {
		List<List<String>> rows = new ArrayList<>();
		for (ServiceReport service : services) {
			long millis = service.migrations().stream().mapToLong(AppliedFile::durationMillis).sum();
			rows.add(List.of(service.service().name().value(), service.service().schema().value(), outcome(service),
					version(service.from()) + " -> " + version(service.to()),
					String.valueOf(service.migrations().size()),
					String.valueOf(this.report.verification().found(service.service().schema())), millis + " ms"));
		}
		return TextTable.of(List.of("SERVICE", "SCHEMA", "OUTCOME", "VERSION", " MIGRATIONS", " TABLES", " TIME"),
				rows);
	}

	private static String outcome(ServiceReport service) {
		if (service.outcome() == Outcome.BLOCKED) {
			return (service.blockedBy() == null) ? "not begun" : "blocked by " + service.blockedBy();
		}
		return service.outcome().label();
	}

	private String summary() {
		long failed = count(Outcome.FAILED);
		long blocked = count(Outcome.BLOCKED);
		String time = RunWords.seconds(this.report.durationMillis());
		String applied = "Applied " + Plural.of(this.report.migrations(), "migration") + this.seeds.applied() + " in "
				+ time;
		if (this.report.interrupted()) {
			applied += "; interrupted, the next run goes on from here";
		}
		return applied + ((failed == 0) ? "" : "; " + Plural.of(failed, "service") + " failed")
				+ ((blocked == 0) ? "" : "; " + Plural.of(blocked, "service") + " not begun") + this.seeds.remaining();
	}

	/**
	 * Whether a table is missing because its service failed, which is told already.
	 */
	private boolean isExplained(TableName table) {
		return this.report.services()
			.stream()
			.filter((service) -> service.outcome() == Outcome.FAILED || service.outcome() == Outcome.BLOCKED)
			.anyMatch((service) -> service.service().schema().equals(table.schema()));
	}

	private long count(Outcome outcome) {
		return this.report.services().stream().filter((service) -> service.outcome() == outcome).count();
	}

	private static String version(@Nullable Version version) {
		return (version == null) ? "-" : version.inName();
	}

}
