package dev.skein.rollback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;

/**
 * What a rollback does.
 *
 * @param request the arguments that ask for it
 * @param steps the migrations that are undone, in this order
 * @param finished how many were undone by an earlier attempt that did not come to its end
 * @param outdated repeatable migrations that may depend on what is undone, to be applied
 * again at the end
 */
public record RollbackPlan(String request, List<AppliedVersion> steps, int finished, List<Outdated> outdated) {

	public RollbackPlan {
		steps = List.copyOf(steps);
		outdated = List.copyOf(outdated);
	}

	/**
	 * Whether there is nothing to do.
	 * @return {@code true} if so
	 */
	public boolean isEmpty() {
		return this.steps.isEmpty() && this.outdated.isEmpty();
	}

	/**
	 * The migrations that cannot be undone, because they have no undo script.
	 * @return the migrations, in the order of the steps
	 */
	public List<AppliedVersion> withoutUndo() {
		return this.steps.stream().filter((step) -> step.undo() == null).toList();
	}

	/**
	 * The files that it runs.
	 * @return the undo scripts that there are, and the repeatable migrations that are
	 * applied again
	 */
	public List<Migration> files() {
		List<Migration> files = new ArrayList<>();
		this.steps.stream().map(AppliedVersion::undo).filter(Objects::nonNull).forEach(files::add);
		this.outdated.stream().filter(Outdated::again).forEach((one) -> files.addAll(one.files()));
		return files;
	}

	/**
	 * The services that it changes.
	 * @return each once, those that are undone first before the others
	 */
	public List<ServiceDefinition> services() {
		Map<ServiceName, ServiceDefinition> services = new LinkedHashMap<>();
		this.steps.forEach((step) -> services.putIfAbsent(step.service().name(), step.service()));
		this.outdated.forEach((one) -> services.putIfAbsent(one.service().name(), one.service()));
		return List.copyOf(services.values());
	}

	/**
	 * The schemas that it changes.
	 * @return each once
	 */
	public List<SchemaName> schemas() {
		return services().stream().map(ServiceDefinition::schema).toList();
	}

	/**
	 * The migrations as the ledger names them.
	 * @return SERVICE@VERSION for each step
	 */
	public List<String> labels() {
		return this.steps.stream().map(AppliedVersion::label).toList();
	}

	/**
	 * The steps in runs of one service each.
	 */
	List<List<AppliedVersion>> groups() {
		List<List<AppliedVersion>> groups = new ArrayList<>();
		ServiceName last = null;
		for (AppliedVersion step : this.steps) {
			if (!step.service().name().equals(last)) {
				groups.add(new ArrayList<>());
				last = step.service().name();
			}
			groups.get(groups.size() - 1).add(step);
		}
		return groups;
	}

	/**
	 * The names of the services of which something is undone.
	 */
	Set<ServiceName> undoneServices() {
		Set<ServiceName> names = new LinkedHashSet<>();
		this.steps.forEach((step) -> names.add(step.service().name()));
		return names;
	}

}
