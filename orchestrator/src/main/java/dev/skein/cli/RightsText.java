package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.CrossReference;
import dev.skein.migration.RightsChange;
import dev.skein.migration.RightsChange.Right;
import dev.skein.migration.RightsChange.Use;

/**
 * Words which rights services lose on each other's tables.
 */
final class RightsText {

	private RightsText() {
	}

	/**
	 * One line for each right that was taken away.
	 */
	static List<String> revoked(RightsChange change) {
		return uses(change).stream().map((use) -> "Revoked: " + reason(use)).toList();
	}

	/**
	 * What would be taken away, with the keys that use it, which stay, and how to keep
	 * the right.
	 * @param keys the keys between the schemas of the services
	 * @param services the services of the plan
	 */
	static List<String> withKeys(RightsChange change, List<CrossReference> keys, List<ServiceDefinition> services) {
		List<String> lines = new ArrayList<>();
		for (Use use : uses(change)) {
			List<CrossReference> using = keys.stream()
				.filter((key) -> key.of().equals(use.of()) && (use.by() == null || key.by().equals(use.by())))
				.filter((key) -> use.right() == Right.READ || !isAdmitted(key, services))
				.toList();
			lines.add("Would revoke: " + reason(use));
			using.forEach((key) -> lines.add("  key " + key.key() + " refers to it, and stays"));
			if (use.right() == Right.REFER && !using.isEmpty()) {
				lines.add(
						"  to keep the right, add to the manifest of " + name(use.of(), services) + ": referenced_by: ["
								+ using.stream()
									.map((key) -> name(key.by(), services))
									.distinct()
									.sorted()
									.collect(Collectors.joining(", "))
								+ "]");
			}
		}
		return lines;
	}

	/**
	 * The right to refer to tables goes with that to read them.
	 */
	private static List<Use> uses(RightsChange change) {
		return change.stale()
			.stream()
			.filter((use) -> use.right() == Right.READ || change.stale()
				.stream()
				.noneMatch((other) -> other.right() == Right.READ && other.of().equals(use.of())
						&& other.role().equals(use.role())))
			.toList();
	}

	private static String reason(Use use) {
		if (use.right() == Right.READ) {
			return "schema \"" + use.by() + "\" does not require \"" + use.of() + "\" any more";
		}
		return ((use.by() == null) ? "not every service" : "schema \"" + use.by() + "\"")
				+ ((use.by() == null) ? " may" : " may not") + " refer to tables of \"" + use.of()
				+ "\": the manifest of that service does not say so in referenced_by";
	}

	private static boolean isAdmitted(CrossReference key, List<ServiceDefinition> services) {
		return services.stream()
			.filter((service) -> service.schema().equals(key.of()))
			.anyMatch((service) -> services.stream()
				.anyMatch((by) -> by.schema().equals(key.by()) && service.referencedBy().admit(by.name())));
	}

	private static String name(SchemaName schema, List<ServiceDefinition> services) {
		return services.stream()
			.filter((service) -> service.schema().equals(schema))
			.map((service) -> service.name().value())
			.findFirst()
			.orElse(schema.value());
	}

}
