package dev.skein.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All services that were found, in the order of their names, and what is wrong with them.
 * A plan can be made only of a catalog without problems.
 */
public final class ServiceCatalog {

	private final Map<ServiceName, ServiceDefinition> services = new TreeMap<>();

	private final List<Problem> problems;

	private final List<Problem> warnings;

	ServiceCatalog(Collection<ServiceDefinition> services, List<Problem> problems, List<Problem> warnings) {
		services.forEach((service) -> this.services.put(service.name(), service));
		this.problems = List.copyOf(problems);
		this.warnings = List.copyOf(warnings);
	}

	/**
	 * The services, by name.
	 * @return all of them
	 */
	public Collection<ServiceDefinition> services() {
		return this.services.values();
	}

	/**
	 * The service of this name.
	 * @param name the name
	 * @return the service, or nothing where there is none
	 */
	public Optional<ServiceDefinition> service(ServiceName name) {
		return Optional.ofNullable(this.services.get(name));
	}

	/**
	 * What is wrong with the manifests and folders; references between services are the
	 * plan's business.
	 * @return the problems, possibly none
	 */
	public List<Problem> problems() {
		return this.problems;
	}

	/**
	 * What is legal but probably not meant, such as a service without migrations.
	 * @return the warnings, possibly none
	 */
	public List<Problem> warnings() {
		return this.warnings;
	}

	/**
	 * The same services, each of which lets all others refer to its tables, whatever its
	 * manifest says.
	 * @return a catalog with the same problems and warnings
	 */
	public ServiceCatalog referencedByAll() {
		return new ServiceCatalog(this.services.values().stream().map(ServiceDefinition::referencedByAll).toList(),
				this.problems, this.warnings);
	}

}
