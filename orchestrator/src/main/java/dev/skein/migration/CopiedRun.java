package dev.skein.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Version;
import dev.skein.plan.MigrationPlan;
import dev.skein.plan.Step;

/**
 * A run from nothing whose files came with a copy of what they made before.
 *
 * @param run its id
 * @param plan its plan, of which nothing is left to do
 * @param files what the ledger says of each file, by service and file name
 */
public record CopiedRun(UUID run, MigrationPlan plan, Map<String, Map<String, Row>> files) {

	private static final Row UNKNOWN = new Row(List.of());

	/**
	 * How many migrations it stands for.
	 * @return the number
	 */
	public int migrations() {
		return this.plan.steps().stream().mapToInt((step) -> step.migrations().size()).sum();
	}

	/**
	 * The report of it and of the run that came after it on the same database, and found
	 * nothing left but seeds.
	 * @param after that run
	 * @param durationMillis how long both took, in milliseconds
	 * @return the report of both as one
	 */
	public RunReport followedBy(RunReport after, long durationMillis) {
		List<ServiceReport> services = this.plan.services().stream().map(this::report).toList();
		Outcome outcome = (migrations() > 0) ? Outcome.APPLIED : Outcome.UP_TO_DATE;
		return new RunReport(this.run, after.database(), outcome, durationMillis - after.durationMillis(), services,
				List.of(), after.verification(), false, null)
			.followedBy(after);
	}

	private ServiceReport report(ServiceDefinition service) {
		List<AppliedFile> files = new ArrayList<>();
		Map<String, Row> rows = this.files.getOrDefault(service.name().value(), Map.of());
		Version to = null;
		for (Step step : this.plan.steps()) {
			if (step.service().equals(service)) {
				step.migrations().forEach((file) -> {
					Row row = rows.getOrDefault(file.script().name(), UNKNOWN);
					// What it took is the time of another run.
					files.add(new AppliedFile(file, 0, row.notices()));
				});
				to = step.to();
			}
		}
		return new ServiceReport(service, files.isEmpty() ? Outcome.UP_TO_DATE : Outcome.APPLIED, null, to, null, files,
				null, List.of());
	}

	/**
	 * What the ledger says of a file.
	 *
	 * @param notices what PostgreSQL said when it was run
	 */
	public record Row(List<Notice> notices) {

		public Row {
			notices = List.copyOf(notices);
		}

	}

}
