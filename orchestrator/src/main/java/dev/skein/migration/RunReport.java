package dev.skein.migration;

import java.util.List;
import java.util.UUID;

/**
 * What a run did and found. A failure is part of it, not an exception.
 *
 * @param run the run's id
 * @param database the database
 * @param outcome the outcome as a whole
 * @param durationMillis how long it took, in milliseconds
 * @param services what became of each service, in the order of the plan
 * @param seeds what became of each seed, in order; empty where none was wanted
 * @param verification what the check at the end found
 * @param interrupted whether somebody ended it early
 */
public record RunReport(UUID run, DatabaseIdentity database, Outcome outcome, long durationMillis,
		List<ServiceReport> services, List<SeedReport> seeds, Verification verification, boolean interrupted) {

	public RunReport {
		services = List.copyOf(services);
		seeds = List.copyOf(seeds);
	}

	/**
	 * How many migrations the run applied.
	 * @return the number
	 */
	public int migrations() {
		return this.services.stream().mapToInt((service) -> service.migrations().size()).sum();
	}

}
