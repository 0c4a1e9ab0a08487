package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import dev.skein.catalog.ProfileName;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.Suggestion;
import dev.skein.migration.Protection;
import dev.skein.plan.MigrationPlan;
import dev.skein.plan.SeedPlan;

/**
 * Which data to put there after the migrations.
 */
final class SeedOptions implements Options {

	private List<String> profiles = List.of();

	@Override
	public void declare(Arguments arguments) {
		arguments
			.option("--seed", "PROFILE",
					"When all is migrated, also run the seeds of this profile, seeds/PROFILE/*.sql of each"
							+ " service. May be repeated. Refused on a protected database.")
			.split()
			.each(String.class, (all) -> this.profiles = all);
	}

	boolean isEmpty() {
		return this.profiles.isEmpty();
	}

	/**
	 * Plans the seeds that were asked for.
	 * @throws UsageException if a profile is in no service of the whole catalog
	 */
	SeedPlan of(ServiceCatalog catalog, MigrationPlan plan, Surroundings surroundings) {
		SortedSet<ProfileName> known = new TreeSet<>();
		catalog.services().forEach((service) -> known.addAll(service.seeds().keySet()));
		List<ProfileName> wanted = new ArrayList<>();
		for (String profile : this.profiles) {
			ProfileName name = known.stream()
				.filter((one) -> one.value().equals(profile))
				.findFirst()
				.orElseThrow(() -> unknown(profile, known.stream().map(ProfileName::value).toList()));
			if (!wanted.contains(name)) {
				wanted.add(name);
			}
			if (plan.services().stream().allMatch((service) -> service.seeds(name).isEmpty())) {
				surroundings.say("Note: none of these services has seeds of profile \"" + name + "\"");
			}
		}
		return SeedPlan.of(plan, wanted);
	}

	private static UsageException unknown(String profile, List<String> known) {
		String nearest = Suggestion.didYouMean(profile, known);
		return new UsageException("no service has seeds of profile \"" + profile + "\"",
				known.isEmpty() ? "no service has any seeds yet: they are files seeds/PROFILE/*.sql beside its manifest"
						: "known profiles: " + String.join(", ", known) + ((nearest == null) ? "" : "; " + nearest));
	}

	/**
	 * Refuses a protected database, before anything is applied.
	 */
	void requireUnprotected(Session session) {
		if (!isEmpty()) {
			Guard.requireUnprotected(session, Protection.NO_SEEDS);
		}
	}

}
