package dev.skein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import dev.skein.catalog.CatalogReader;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.ServiceSource;
import dev.skein.catalog.Suggestion;
import dev.skein.plan.MigrationPlan;

/**
 * Where services come from.
 */
final class CatalogOptions implements Options {

	/** What a shell takes as it is. */
	private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_./:@%+=,-]+");

	List<Path> services = List.of();

	boolean noBuiltin;

	@Override
	public void declare(Arguments arguments) {
		arguments
			.option("--services", "DIR",
					"Also take the services in this folder: every service.yml below it. May be repeated.")
			.each(Path.class, (all) -> this.services = all);
		arguments.flag("--no-builtin", "Leave out the services that come with Skein.",
				(given) -> this.noBuiltin = given);
	}

	ServiceCatalog read(Surroundings surroundings) {
		ServiceCatalog catalog = CatalogReader.read(sources(surroundings, this.services, this.noBuiltin, false));
		catalog.warnings().forEach((warning) -> surroundings.say("Warning: " + warning.describe()));
		return catalog;
	}

	static List<ServiceSource> sources(Surroundings surroundings, List<Path> services, boolean noBuiltin,
			boolean mayBeEmpty) {
		List<ServiceSource> sources = new ArrayList<>();
		List<Path> folders = new ArrayList<>(services);
		if (!noBuiltin) {
			folders.addAll(surroundings.builtin());
			if (surroundings.builtin().isEmpty()) {
				sources.add(ServiceSource.classPath(CatalogOptions.class.getClassLoader()));
			}
		}
		if (!folders.isEmpty()) {
			sources.add(mayBeEmpty ? ServiceSource.beginnings(folders) : ServiceSource.directories(folders));
		}
		return sources;
	}

	/**
	 * These options as a person would type them, for the next command.
	 */
	static String typed(List<Path> services, boolean noBuiltin) {
		StringBuilder options = new StringBuilder();
		for (Path folder : services) {
			String path = folder.toString();
			options.append(" --services ")
				.append(PLAIN.matcher(path).matches() ? path : "'" + path.replace("'", "'\\''") + "'");
		}
		return options.append(noBuiltin ? " --no-builtin" : "").toString();
	}

	/**
	 * The plan of all services, or of some with what they require.
	 */
	MigrationPlan plan(Surroundings surroundings, Collection<String> only) {
		ServiceCatalog catalog = read(surroundings);
		return narrow(catalog, MigrationPlan.of(catalog), only);
	}

	static MigrationPlan narrow(ServiceCatalog catalog, MigrationPlan plan, Collection<String> only) {
		if (only.isEmpty()) {
			return plan;
		}
		Set<ServiceName> wanted = new LinkedHashSet<>();
		only.forEach((name) -> wanted.add(known(catalog, name)));
		return plan.only(wanted);
	}

	static ServiceName known(ServiceCatalog catalog, String name) {
		List<String> names = catalog.services().stream().map((service) -> service.name().value()).toList();
		if (!names.contains(name)) {
			String nearest = Suggestion.didYouMean(name, names);
			throw new UsageException("service \"" + name + "\" is unknown",
					(nearest != null) ? nearest : "known services: " + String.join(", ", names));
		}
		return new ServiceName(name);
	}

}
