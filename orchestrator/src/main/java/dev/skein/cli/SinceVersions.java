package dev.skein.cli;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import dev.skein.plan.MigrationPlan;

/**
 * The versions with which services were adopted: no undo scripts exist up to there.
 *
 * @param versions the version of each service
 */
record SinceVersions(Map<ServiceName, Version> versions) {

	/**
	 * Reads what was typed.
	 * @param typed SERVICE@VERSION, or a version of all services that have it
	 * @throws UsageException if a service or a version is unknown
	 */
	static SinceVersions of(List<String> typed, ServiceCatalog catalog) {
		Map<ServiceName, Version> versions = new HashMap<>();
		for (String text : typed) {
			if (text.contains("@")) {
				TypedVersion version = TypedVersion.of(text, catalog);
				versions.put(version.service().name(),
						version.find().orElseThrow(() -> version.unknown("--since", "write SERVICE@VERSION")));
				continue;
			}
			int before = versions.size();
			for (ServiceDefinition service : catalog.services()) {
				service.version(text).ifPresent((version) -> versions.putIfAbsent(service.name(), version));
			}
			if (versions.size() == before) {
				throw new UsageException("--since: no service has a version \"" + text + "\"",
						"write a version, or SERVICE@VERSION");
			}
		}
		return new SinceVersions(versions);
	}

	/**
	 * The files of a plan up to these versions.
	 */
	Set<Migration> upTo(MigrationPlan plan) {
		Set<Migration> files = new HashSet<>();
		for (ServiceDefinition service : plan.services()) {
			Version since = this.versions.get(service.name());
			service.versioned()
				.stream()
				.filter((file) -> since != null && file.version() != null && file.version().compareTo(since) <= 0)
				.forEach(files::add);
		}
		return files;
	}

}
