package dev.skein.cli;

import java.nio.file.Path;
import java.util.List;

import dev.skein.scaffold.Repository;
import dev.skein.scaffold.ServiceScaffold;

/**
 * Where commands write the files of a new service.
 */
final class ServicePlace {

	private ServicePlace() {
	}

	/**
	 * The first of the folders that were given, else the repository of the built-in
	 * services.
	 * @throws UsageException if there is neither
	 */
	static ServiceScaffold of(Surroundings surroundings, List<Path> services, boolean noBuiltin) {
		if (!services.isEmpty()) {
			return ServiceScaffold.in(services.get(0));
		}
		if (noBuiltin) {
			throw new UsageException("--no-builtin leaves no place for the service", "name one with --services DIR");
		}
		return Repository.around(surroundings.builtin())
			.map(ServiceScaffold::in)
			.orElseThrow(() -> new UsageException(
					"there is no repository here to put a module into: the built-in services come packed with Skein",
					"create the service in a folder of yours with --services DIR"));
	}

}
