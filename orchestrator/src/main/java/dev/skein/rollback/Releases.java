package dev.skein.rollback;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import dev.skein.migration.AppliedMigration;
import dev.skein.migration.PlatformDatabase;
import dev.skein.migration.Release;
import dev.skein.migration.SchemaHistory;
import dev.skein.plan.MigrationPlan;
import dev.skein.plan.Step;
import org.jspecify.annotations.Nullable;

/**
 * Names what is applied in a database, and finds it again.
 */
public final class Releases {

	private final MigrationPlan platform;

	private final PlatformDatabase database;

	/**
	 * The releases of a platform.
	 * @param platform the plan of all its services
	 * @param database its database
	 */
	public Releases(MigrationPlan platform, PlatformDatabase database) {
		this.platform = platform;
		this.database = database;
	}

	/**
	 * Finds a release.
	 * @param name its name
	 * @return the release, if there is one
	 */
	public Optional<Release> find(String name) {
		return this.database.ledger().releases().stream().filter((one) -> one.name().equals(name)).findFirst();
	}

	/**
	 * Names what is applied now. The caller holds the run lock.
	 * @param run the run that does it
	 * @param name a name that no release has yet
	 * @param note what somebody wrote about it, or {@code null}
	 */
	public void add(UUID run, String name, @Nullable String note) {
		this.database.ledger()
			.add(run, new Release(name, note, Instant.now(), this.database.identity().user(), versions()));
	}

	/**
	 * What is applied now, or will be when a plan was run.
	 * @param plan the plan
	 * @return the versions of each service
	 */
	public Map<String, List<Version>> after(MigrationPlan plan) {
		Map<String, TreeSet<Version>> versions = new HashMap<>();
		versions().forEach((service, applied) -> versions.put(service, new TreeSet<>(applied)));
		for (Step step : plan.steps()) {
			for (Migration migration : step.migrations()) {
				if (migration.version() != null) {
					versions.computeIfAbsent(step.service().name().value(), (service) -> new TreeSet<>())
						.add(migration.version());
				}
			}
		}
		Map<String, List<Version>> lists = new HashMap<>();
		versions.forEach((service, set) -> lists.put(service, List.copyOf(set)));
		return lists;
	}

	/**
	 * What is applied now.
	 * @return the versions of each service, ascending
	 */
	public Map<String, List<Version>> versions() {
		Map<SchemaName, SchemaHistory> histories = this.database
			.histories(this.platform.services().stream().map(ServiceDefinition::schema).toList());
		Map<String, List<Version>> versions = new HashMap<>();
		for (ServiceDefinition service : this.platform.services()) {
			TreeSet<Version> applied = new TreeSet<>();
			SchemaHistory history = histories.getOrDefault(service.schema(), SchemaHistory.NONE);
			for (AppliedMigration row : history.applied()) {
				if (row.version() != null && service.tool() == null) {
					applied.add(row.version());
				}
			}
			if (!applied.isEmpty()) {
				versions.put(service.name().value(), List.copyOf(applied));
			}
		}
		return versions;
	}

	/**
	 * Narrows the platform's plan to a release.
	 * @param release the release
	 * @param missing told what the release has and these files have not, as
	 * SERVICE@VERSION
	 * @return the plan
	 */
	public MigrationPlan planTo(Release release, List<String> missing) {
		Map<ServiceName, Version> highest = new LinkedHashMap<>();
		for (Map.Entry<String, List<Version>> entry : new ArrayList<>(release.versions().entrySet())) {
			Optional<ServiceDefinition> service = this.platform.services()
				.stream()
				.filter((one) -> one.name().value().equals(entry.getKey()))
				.findFirst();
			for (Version version : entry.getValue()) {
				if (service.flatMap((one) -> one.version(version.toString())).isEmpty()) {
					missing.add(entry.getKey() + "@" + version);
				}
			}
			service.ifPresent((one) -> highest.put(one.name(), Collections.max(entry.getValue())));
		}
		Collections.sort(missing);
		return this.platform.upTo(highest);
	}

}
