package dev.skein.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Suggestion;
import dev.skein.catalog.Version;
import dev.skein.migration.BaselineTarget;
import org.jspecify.annotations.Nullable;

/**
 * Understands SERVICE@VERSION, several times, and collects whatever is wrong with it.
 */
final class BaselineTargets {

	private final Map<String, ServiceDefinition> services = new LinkedHashMap<>();

	private final Map<String, BaselineTarget> targets = new LinkedHashMap<>();

	private final Set<ServiceDefinition> named = new LinkedHashSet<>();

	private final List<String> problems = new ArrayList<>();

	BaselineTargets(Collection<ServiceDefinition> services) {
		services.forEach((service) -> this.services.put(service.name().value(), service));
	}

	void add(String argument) {
		String[] parts = argument.split("@", 2);
		if (parts.length < 2) {
			this.problems.add("\"" + argument + "\" names no version: write SERVICE@VERSION");
			return;
		}
		add(parts[0], parts[1]);
	}

	/**
	 * Takes a service whose version is to be found out.
	 */
	void addNamed(String name) {
		if (name.contains("@")) {
			this.problems.add("\"" + name + "\" names a version, which --from-tool finds out: write the service only");
			return;
		}
		ServiceDefinition service = known(name);
		if (service != null) {
			this.named.add(service);
		}
	}

	private @Nullable ServiceDefinition known(String name) {
		ServiceDefinition service = this.services.get(name);
		if (service == null) {
			String nearest = Suggestion.didYouMean(name, this.services.keySet());
			this.problems.add("service \"" + name + "\" is unknown: "
					+ ((nearest != null) ? nearest : "known services: " + String.join(", ", this.services.keySet())));
		}
		return service;
	}

	void add(String name, String version) {
		ServiceDefinition service = known(name);
		if (service == null) {
			return;
		}
		if (service.tool() != null) {
			this.problems.add("service \"" + name + "\" has no versions, its migrations belong to \""
					+ service.tool().name() + "\": take its schema over with: skein isolation roles");
			return;
		}
		Optional<Version> known = service.version(version);
		if (known.isEmpty()) {
			this.problems.add("service \"" + name + "\" has no version \"" + version + "\": its versions are "
					+ service.versioned().stream().map((file) -> file.label()).collect(Collectors.joining(", ")));
			return;
		}
		BaselineTarget target = new BaselineTarget(service, known.get(), "");
		BaselineTarget earlier = this.targets.putIfAbsent(name, target);
		if (earlier != null && !earlier.equals(target)) {
			this.problems.add("service \"" + name + "\" is given twice, at " + earlier.version().inName() + " and at "
					+ target.version().inName() + ": leave one of them out");
		}
	}

	List<BaselineTarget> targets() {
		return List.copyOf(this.targets.values());
	}

	/**
	 * The services whose versions are to be found out, each once.
	 */
	List<ServiceDefinition> named() {
		return List.copyOf(this.named);
	}

	List<String> problems() {
		return this.problems;
	}

}
