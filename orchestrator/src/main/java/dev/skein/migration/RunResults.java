package dev.skein.migration;

import java.util.List;
import java.util.stream.Stream;

import dev.skein.plan.SeedPlan;

/**
 * What became of the services and the seeds of one run.
 *
 * @param services one report for each service
 * @param seeds one report for each seed
 */
record RunResults(List<ServiceReport> services, List<SeedReport> seeds) {

	/**
	 * The services, before any seed is run; none will be unless all services are
	 * migrated.
	 */
	static RunResults before(SeedPlan seeds, List<ServiceReport> services) {
		return new RunResults(services,
				SeedRun.blocked(seeds,
						services.stream()
							.filter((service) -> service.outcome() == Outcome.FAILED)
							.map((service) -> service.service().name())
							.findFirst()
							.orElse(null)));
	}

	RunResults with(List<SeedReport> others) {
		return new RunResults(this.services, others);
	}

	/**
	 * Whether every service is at the end of what was planned.
	 */
	boolean isMigrated() {
		return this.services.stream().map(ServiceReport::outcome).noneMatch(RunResults::isBad);
	}

	Outcome outcome() {
		List<Outcome> all = Stream
			.concat(this.services.stream().map(ServiceReport::outcome), this.seeds.stream().map(SeedReport::outcome))
			.toList();
		if (all.stream().anyMatch(RunResults::isBad)) {
			return Outcome.FAILED;
		}
		return all.contains(Outcome.APPLIED) ? Outcome.APPLIED : Outcome.UP_TO_DATE;
	}

	private static boolean isBad(Outcome outcome) {
		return outcome == Outcome.FAILED || outcome == Outcome.BLOCKED;
	}

}
