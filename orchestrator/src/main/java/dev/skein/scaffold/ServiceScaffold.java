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
		Path folder = folder(asked.name(), service.name(), catalog, check.problems());
		List<Change> consent = asked.refersTo()
			.stream()
			.distinct()
			.flatMap((name) -> catalog.service(new ServiceName(name)).stream())
			.flatMap((other) -> ReferrerLine.in(other, service.name()).stream())
			.toList();
		return scaffold(service.name(), folder, new ServiceTexts(service, today).files(), consent);
	}

	/**
	 * Draws a service whose schema is there already.
	 * @param service the service
	 * @param catalog the others
	 * @param today the date for its files
	 * @return the scaffold
	 * @throws RefusedScaffoldException with everything that speaks against it
	 */
	public Scaffold draw(AdoptedService service, ServiceCatalog catalog, LocalDate today) {
		ServiceCheck check = new ServiceCheck(catalog);
		check.checkAdopted(service.name(), service.schema());
		Path folder = folder(service.name(), service.name(), catalog, check.problems());
		return scaffold(service.name(), folder, service.files(today), List.of());
	}

	/**
	 * The folder of a service against which nothing speaks.
	 */
	private Path folder(String asked, String name, ServiceCatalog catalog, List<String> found) {
		List<String> problems = new ArrayList<>(found);
		Path folder = this.parent.resolve(name);
		if (ServiceName.isLegal(asked) && catalog.service(new ServiceName(name)).isEmpty()) {
			if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
				problems.add("\"" + Location.of(folder).file()
						+ "\" exists already, and is no service: remove it, or choose another name");
			}
			if (this.repository != null) {
				this.repository.objectionTo(name).ifPresent(problems::add);
			}
		}
		if (!problems.isEmpty()) {
			throw RefusedScaffoldException.of(problems);
		}
		return folder;
	}

	private Scaffold scaffold(String service, Path folder, Map<String, String> texts, List<Change> consent) {
		Map<String, String> files = new LinkedHashMap<>();
		List<Change> changes = new ArrayList<>();
		changes.add(new NewFolder(folder, files));
		if (this.repository != null) {
			files.put("pom.xml", this.repository.modulePom(service));
			changes.addAll(this.repository.registration(service));
		}
		files.putAll(texts);
		changes.addAll(consent);
		return new Scaffold(changes);
	}

}
