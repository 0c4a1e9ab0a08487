package dev.skein.schematest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.skein.catalog.CatalogReader;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.ServiceSource;
import dev.skein.plan.MigrationPlan;
import org.jspecify.annotations.Nullable;

/**
 * What a test asks for; equal ones get copies of one template.
 *
 * @param service the service's name; empty if none is named
 * @param services folders with services
 * @param user as whom to connect
 * @param server which server
 * @param image the image of the server in a container
 */
record Request(String service, List<String> services, MigratedDatabase.User user, MigratedDatabase.Server server,
		String image) {

	private static final Map<List<String>, MigrationPlan> PLANS = new ConcurrentHashMap<>();

	static Request of(MigratedDatabase annotation) {
		return new Request(annotation.value(), List.of(annotation.services()), annotation.user(), annotation.server(),
				annotation.image());
	}

	/**
	 * Plans what is to be migrated.
	 * @throws IllegalArgumentException if the service is not there
	 * @throws dev.skein.plan.InvalidPlanException if manifests or files are wrong
	 */
	MigrationPlan plan() {
		ServiceName name = name();
		return (name == null) ? platform() : platform().only(Set.of(name));
	}

	/**
	 * The schema of the service whose rights the tests have; {@code null} for a
	 * superuser.
	 */
	@Nullable SchemaName schema() {
		ServiceName name = name();
		if (this.user == MigratedDatabase.User.SUPERUSER) {
			return null;
		}
		if (name == null) {
			throw new IllegalArgumentException("whose rights shall the tests have? Name the service:"
					+ " @MigratedDatabase(\"NAME\"), or connect as a superuser: user = SUPERUSER; there are "
					+ names());
		}
		return platform().services()
			.stream()
			.filter((service) -> service.name().equals(name))
			.map(ServiceDefinition::schema)
			.findFirst()
			.orElseThrow();
	}

	private @Nullable ServiceName name() {
		List<String> names = names();
		if (this.service.isEmpty()) {
			return (names.size() == 1) ? new ServiceName(names.get(0)) : null;
		}
		if (!names.contains(this.service)) {
			throw new IllegalArgumentException("service \"" + this.service + "\" is unknown; there are " + names);
		}
		return new ServiceName(this.service);
	}

	private List<String> names() {
		return platform().services().stream().map((service) -> service.name().value()).toList();
	}

	private MigrationPlan platform() {
		return PLANS.computeIfAbsent(this.services, (folders) -> {
			List<ServiceSource> sources = new ArrayList<>();
			sources.add(ServiceSource.classPath(Thread.currentThread().getContextClassLoader()));
			if (!folders.isEmpty()) {
				sources.add(ServiceSource.directories(folders.stream().map(Path::of).toList()));
			}
			ServiceCatalog catalog = CatalogReader.read(sources);
			return MigrationPlan.of(catalog);
		});
	}

}
