package dev.skein.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.skein.catalog.Migration;
import dev.skein.catalog.Problem;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import org.jspecify.annotations.Nullable;

/**
 * What speaks against the texts of all files, whether they would run or not.
 *
 * @param problems of files that may have to run
 * @param warnings of files that were applied, and of undo scripts beside them
 */
record TextCheck(List<Problem> problems, List<Problem> warnings) {

	/**
	 * Reads all files.
	 * @param catalog the files
	 * @param applied SERVICE@VERSION, up to which everything was applied
	 * @throws UsageException if one of these is unknown
	 */
	static TextCheck of(ServiceCatalog catalog, List<String> applied) {
		Map<ServiceName, Version> versions = applied(catalog, applied);
		TextCheck check = new TextCheck(new ArrayList<>(), new ArrayList<>());
		catalog.services().forEach((service) -> check.add(service, versions.get(service.name())));
		check.warnings.sort(Problem.REPORT_ORDER);
		return check;
	}

	private void add(ServiceDefinition service, @Nullable Version applied) {
		Stream
			.of(service.versioned().stream(), service.repeatable().stream(), service.undo().values().stream(),
					service.seeds().values().stream().flatMap(List::stream))
			.flatMap((files) -> files)
			.forEach((file) -> (isApplied(file, applied) ? this.warnings : this.problems).addAll(file.objections()));
	}

	/**
	 * The version up to which everything of each service was applied.
	 */
	static Map<ServiceName, Version> applied(ServiceCatalog catalog, List<String> applied) {
		Map<ServiceName, Version> versions = new HashMap<>();
		for (String text : applied) {
			TypedVersion typed = TypedVersion.of(text, catalog);
			Version version = typed.find().orElseThrow(() -> typed.unknown("--applied", "write SERVICE@VERSION"));
			versions.merge(typed.service().name(), version, (one, other) -> (one.compareTo(other) > 0) ? one : other);
		}
		return versions;
	}

	private static boolean isApplied(Migration file, @Nullable Version applied) {
		return applied != null && file.version() != null && file.version().compareTo(applied) <= 0;
	}

}
