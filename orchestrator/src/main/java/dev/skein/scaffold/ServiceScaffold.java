package dev.skein.scaffold;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.Location;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * Draws a new service: a folder with manifest, first migration and its undo, and in a
 * repository the module around it.
 */
public final class ServiceScaffold {

	private final Path parent;

	private final @Nullable Repository repository;

	private ServiceScaffold(Path parent, @Nullable Repository repository) {
		this.parent = parent;
		this.repository = repository;
	}

	/**
	 * Services that are folders and nothing else.
	 * @param folder where they lie, which need not exist yet
	 * @return what draws them
	 */
	public static ServiceScaffold in(Path folder) {
		return new ServiceScaffold(folder, null);
	}

	/**
	 * Services that are modules.
	 * @param repository the repository
	 * @return what draws them
	 */
	public static ServiceScaffold in(Repository repository) {
		return new ServiceScaffold(repository.services(), repository);
	}

	/**
	 * Draws a service that fits to those that there are.
	 * @param asked the service
	 * @param catalog the others
	 * @param today the date for its files
	 * @return the scaffold
	 * @throws RefusedScaffoldException with everything that speaks against it
	 */
	public Scaffold draw(ServiceRequest asked, ServiceCatalog catalog, LocalDate today) {
		ServiceCheck check = new ServiceCheck(catalog);
		ServiceDraft service = check.draw(asked);
		List<String> problems = new ArrayList<>(check.problems());
		Path folder = this.parent.resolve(service.name());
		if (ServiceName.isLegal(asked.name()) && catalog.service(new ServiceName(service.name())).isEmpty()) {
			if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
				problems.add("\"" + Location.of(folder).file()
						+ "\" exists already, and is no service: remove it, or choose another name");
			}
			if (this.repository != null) {
				this.repository.objectionTo(service.name()).ifPresent(problems::add);
			}
		}
		if (!problems.isEmpty()) {
			throw RefusedScaffoldException.of(problems);
		}
		return scaffold(service, folder, today,
				asked.refersTo()
					.stream()
					.distinct()
					.flatMap((name) -> catalog.service(new ServiceName(name)).stream())
					.flatMap((other) -> ReferrerLine.in(other, service.name()).stream())
					.toList());
	}

	private Scaffold scaffold(ServiceDraft service, Path folder, LocalDate today, List<Change> consent) {
		Map<String, String> files = new LinkedHashMap<>();
		List<Change> changes = new ArrayList<>();
		changes.add(new NewFolder(folder, files));
		if (this.repository != null) {
			files.put("pom.xml", this.repository.modulePom(service.name()));
			changes.addAll(this.repository.registration(service.name()));
		}
		files.putAll(new ServiceTexts(service, today).files());
		changes.addAll(consent);
		return new Scaffold(changes);
	}

}
