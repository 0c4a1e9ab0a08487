package dev.skein.migration;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.skein.plan.SeedPlan;
import org.jspecify.annotations.Nullable;

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
 * @param stopped why Skein itself ended it early, such as a lost run lock; {@code null}
 * if it did not
 */
public record RunReport(UUID run, DatabaseIdentity database, Outcome outcome, long durationMillis,
		List<ServiceReport> services, List<SeedReport> seeds, Verification verification, boolean interrupted,
		@Nullable Stop stopped) {

	public RunReport {
		services = List.copyOf(services);
		seeds = List.copyOf(seeds);
	}

	/**
	 * Why a run could not go on.
	 *
	 * @param reason what happened
	 * @param hint what to do
	 */
	public record Stop(String reason, String hint) {

		/**
		 * The reason that an exception gives.
		 * @param reason the exception; {@code null} if the run went on to its end
		 * @return the reason, or {@code null}
		 */
		public static @Nullable Stop of(@Nullable CannotStartException reason) {
			return (reason == null) ? null : new Stop(String.valueOf(reason.getMessage()),
					Objects.requireNonNullElse(reason.hint(), "the next run goes on from here"));
		}

	}

	/**
	 * How many migrations the run applied.
	 * @return the number
	 */
	public int migrations() {
		return this.services.stream().mapToInt((service) -> service.migrations().size()).sum();
	}

	/**
	 * The same where seeds were wanted, and none was run because not everything was
	 * migrated.
	 * @param wanted the seeds
	 * @return the report
	 */
	public RunReport withoutSeeds(SeedPlan wanted) {
		return new RunReport(this.run, this.database, this.outcome, this.durationMillis, this.services,
				RunResults.before(wanted, this.services).seeds(), this.verification, this.interrupted, this.stopped);
	}

	/**
	 * One report of this run and of another that came after it to run seeds.
	 * @param after that run
	 * @return the report, with the id of this run
	 */
	public RunReport followedBy(RunReport after) {
		return new RunReport(this.run, after.database, (after.outcome == Outcome.FAILED) ? after.outcome : this.outcome,
				this.durationMillis + after.durationMillis, this.services, after.seeds, after.verification,
				after.interrupted, after.stopped);
	}

}
