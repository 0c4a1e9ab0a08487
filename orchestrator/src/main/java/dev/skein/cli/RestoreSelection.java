package dev.skein.cli;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.skein.backup.Archive;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.plan.MigrationPlan;

/**
 * Which services come back from a backup.
 *
 * @param file the backup
 * @param archive what it holds
 * @param plan all services
 */
record RestoreSelection(Path file, Archive archive, MigrationPlan plan) {

	/** What a backup may hold besides services, and what is never replaced. */
	static final Set<String> KEPT = Set.of(SchemaName.LEDGER.value(), SchemaName.PUBLIC.value());

	/**
	 * The services, in the order of the plan.
	 * @param names those that were asked for; empty for all in the file
	 * @throws UsageException if the file or the catalog does not have one of them
	 */
	List<ServiceDefinition> of(Collection<String> names) {
		List<String> there = this.archive.schemas();
		List<ServiceDefinition> services = this.plan.services();
		List<ServiceDefinition> wanted = services.stream()
			.filter((service) -> names.isEmpty() ? there.contains(service.schema().value())
					: names.contains(service.name().value()))
			.toList();
		refuse("no schema of ",
				wanted.stream()
					.filter((service) -> !there.contains(service.schema().value()))
					.map((service) -> "service \"" + service.name() + "\"")
					.toList(),
				"it holds: " + String.join(", ", there));
		Set<String> known = services.stream().map((service) -> service.schema().value()).collect(Collectors.toSet());
		if (names.isEmpty()) {
			refuse("schemas that no service here has: ",
					there.stream()
						.filter((schema) -> !known.contains(schema) && !KEPT.contains(schema))
						.map((schema) -> "\"" + schema + "\"")
						.toList(),
					"add their services with --services DIR, or say with --service which ones to restore");
		}
		if (wanted.isEmpty()) {
			throw new UsageException("\"" + this.file + "\" holds no schema of a service; nothing was touched",
					"it holds: " + String.join(", ", there));
		}
		return wanted;
	}

	private void refuse(String what, List<String> culprits, String way) {
		if (!culprits.isEmpty()) {
			throw new UsageException(
					"\"" + this.file + "\" holds " + what + String.join(", ", culprits) + "; nothing was touched", way);
		}
	}

}
