package dev.skein.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Reads every service of some sources into one catalog, and everything that is wrong with
 * them.
 */
public final class CatalogReader {

	/** With fewer folders, it takes longer to get the other cores going. */
	private static final int WORTH_SHARING = 50;

	/** Two of one name in the order of their manifests. */
	private static final Comparator<ServiceDefinition> BY_NAME = (one, other) -> {
		int names = one.name().compareTo(other.name());
		return (names != 0) ? names : one.location().compareTo(other.location());
	};

	private final List<Problem> problems = new ArrayList<>();

	private final List<Problem> warnings = new ArrayList<>();

	private CatalogReader() {
	}

	/**
	 * Reads a catalog. No database is needed, and problems do not end the reading.
	 * @param sources where services are
	 * @return the catalog, with all its problems
	 */
	public static ServiceCatalog read(List<ServiceSource> sources) {
		return new CatalogReader().catalog(sources);
	}

	/**
	 * All of them, on all cores where they are many.
	 */
	static <T> Stream<T> shared(List<T> all) {
		return (all.size() < WORTH_SHARING) ? all.stream() : all.parallelStream();
	}

	private ServiceCatalog catalog(List<ServiceSource> sources) {
		List<ServiceDefinition> services = new ArrayList<>();
		List<ServiceFolder> folders = sources.stream()
			.flatMap((source) -> source.folders(this.problems).stream())
			.toList();
		shared(folders).map(CatalogReader::read).toList().forEach((read) -> {
			read.service().ifPresent(services::add);
			this.problems.addAll(read.problems());
		});
		services.sort(BY_NAME);
		if (services.isEmpty() && this.problems.isEmpty() && sources.stream().noneMatch(ServiceSource::mayBeEmpty)) {
			this.problems.add(new CatalogProblem(Location.of("."), "no service was found",
					"add a folder of services with --services DIR, or create one with skein new service NAME --services DIR"));
		}
		Map<ServiceName, ServiceDefinition> byName = firstOfEach(services, ServiceDefinition::name,
				(name) -> "service \"" + name + "\" is declared twice");
		firstOfEach(services, ServiceDefinition::schema,
				(schema) -> "schema \"" + schema + "\" belongs to two services");
		for (ServiceDefinition service : byName.values()) {
			if (!service.hasMigrations() && !service.seeds().isEmpty()) {
				this.problems.add(new CatalogProblem(service.location(),
						"service \"" + service.name() + "\" has seeds but no migrations",
						"there is nothing to put their rows into: add the migrations that create its tables"));
			}
			else if (!service.hasMigrations()) {
				this.warnings
					.add(new CatalogProblem(service.location(), "service \"" + service.name() + "\" has no migrations",
							"its folder migrations is empty or missing"));
			}
		}
		Map<ServiceName, ServiceDefinition> read = Map.copyOf(byName);
		byName.replaceAll((name, service) -> service.resolved(read));
		for (ServiceDefinition service : byName.values()) {
			service.undo().values().forEach((undo) -> warn(TransactionRule.warningAboutUndo(undo)));
		}
		this.warnings.sort(Problem.REPORT_ORDER);
		this.problems.sort(Problem.REPORT_ORDER);
		return new ServiceCatalog(byName.values(), this.problems, this.warnings);
	}

	private static Reading read(ServiceFolder folder) {
		List<Problem> problems = new ArrayList<>();
		SeedFolder seeds = SeedFolder.read(folder, problems);
		return new Reading(new ManifestReader(folder, problems).read(seeds), problems);
	}

	private void warn(@Nullable Problem warning) {
		if (warning != null) {
			this.warnings.add(warning);
		}
	}

	/**
	 * Keeps the first service with each key and reports the others, with both places.
	 */
	private <K> Map<K, ServiceDefinition> firstOfEach(List<ServiceDefinition> services,
			Function<ServiceDefinition, K> key, Function<K, String> message) {
		Map<K, ServiceDefinition> first = new LinkedHashMap<>();
		for (ServiceDefinition service : services) {
			ServiceDefinition other = first.putIfAbsent(key.apply(service), service);
			if (other != null && !(key.apply(service) instanceof SchemaName && other.name().equals(service.name()))) {
				this.problems.add(new CatalogProblem(service.location(), message.apply(key.apply(service)),
						"\"" + other.name() + "\" at " + other.location() + " has it too"));
			}
		}
		return first;
	}

	/**
	 * One service, and what is wrong with it.
	 */
	private record Reading(Optional<ServiceDefinition> service, List<Problem> problems) {

	}

}
