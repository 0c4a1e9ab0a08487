package dev.skein.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ProfileName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;

/**
 * Which seeds to run, in their order: profile by profile, in each the services as they
 * are planned, of each service the files by name.
 *
 * @param batches what to run
 */
public record SeedPlan(List<Batch> batches) {

	/**
	 * No seeds.
	 */
	public static final SeedPlan NONE = new SeedPlan(List.of());

	public SeedPlan {
		batches = List.copyOf(batches);
	}

	/**
	 * Plans the seeds of some profiles.
	 * @param plan what is migrated before
	 * @param profiles the profiles, in the order in which they are wanted
	 * @return the seeds of the services in the plan
	 */
	public static SeedPlan of(MigrationPlan plan, List<ProfileName> profiles) {
		List<Batch> batches = new ArrayList<>();
		for (ProfileName profile : profiles) {
			for (ServiceDefinition service : plan.services()) {
				if (!service.seeds(profile).isEmpty()) {
					batches.add(new Batch(service, service.seeds(profile), required(plan, service.name())));
				}
			}
		}
		return new SeedPlan(batches);
	}

	private static Set<ServiceName> required(MigrationPlan plan, ServiceName service) {
		return plan.only(Set.of(service))
			.services()
			.stream()
			.map(ServiceDefinition::name)
			.filter((name) -> !name.equals(service))
			.collect(Collectors.toSet());
	}

	/**
	 * Whether there is nothing to run.
	 * @return whether it is empty
	 */
	public boolean isEmpty() {
		return this.batches.isEmpty();
	}

	/**
	 * The services that have seeds here.
	 * @return each service once
	 */
	public List<ServiceDefinition> services() {
		return this.batches.stream().map(Batch::service).distinct().toList();
	}

	/**
	 * Every seed.
	 * @return the seeds in the order in which they run
	 */
	public List<Migration> seeds() {
		return this.batches.stream().flatMap((batch) -> batch.files().stream()).toList();
	}

	/**
	 * How many files there are.
	 * @return the number
	 */
	public int files() {
		return this.batches.stream().mapToInt((batch) -> batch.files().size()).sum();
	}

	/**
	 * The seeds of one service and profile.
	 *
	 * @param service the service
	 * @param files the seeds, in order
	 * @param requires every service that this one requires, itself or through others
	 */
	public record Batch(ServiceDefinition service, List<Migration> files, Set<ServiceName> requires) {

		public Batch {
			files = List.copyOf(files);
			requires = Set.copyOf(requires);
		}

	}

}
