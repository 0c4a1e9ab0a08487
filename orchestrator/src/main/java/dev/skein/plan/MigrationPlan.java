package dev.skein.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

import dev.skein.catalog.Migration;
import dev.skein.catalog.Problem;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;

/**
 * Ordered steps. A plan that exists is valid: complete, without cycles, every requirement
 * before what requires it.
 */
public final class MigrationPlan {

	private final List<Step> steps;

	private final Set<ServiceName> completed = new HashSet<>();

	private MigrationPlan(List<Step> steps) {
		this.steps = List.copyOf(steps);
		for (Step step : steps) {
			List<Migration> all = step.service().versioned();
			if (all.isEmpty() || Objects.equals(step.to(), all.get(all.size() - 1).version())) {
				this.completed.add(step.service().name());
			}
		}
	}

	/**
	 * Plans a whole catalog; core, if there is one, is step 0. Needs no database.
	 * @param catalog the catalog
	 * @return the plan
	 * @throws InvalidPlanException with every problem of the catalog and of its graph
	 */
	public static MigrationPlan of(ServiceCatalog catalog) {
		MigrationGraph graph = new MigrationGraph(catalog);
		StepOrder order = new StepOrder(graph);
		List<Problem> problems = new ArrayList<>(catalog.problems());
		problems.addAll(graph.problems());
		problems.addAll(order.cycles());
		if (!problems.isEmpty()) {
			problems.sort(Problem.REPORT_ORDER);
			throw new InvalidPlanException(problems);
		}
		return new MigrationPlan(order.steps());
	}

	/**
	 * The steps in an order in which they can be run one after the other.
	 * @return the steps
	 */
	public List<Step> steps() {
		return this.steps;
	}

	/**
	 * Every migration of the plan.
	 * @return the migrations in the order of the steps
	 */
	public List<Migration> migrations() {
		return this.steps.stream().flatMap((step) -> step.migrations().stream()).toList();
	}

	/**
	 * The services of the plan, in the order of their first steps.
	 * @return each service once
	 */
	public List<ServiceDefinition> services() {
		Map<ServiceName, ServiceDefinition> services = new LinkedHashMap<>();
		this.steps.forEach((step) -> services.putIfAbsent(step.service().name(), step.service()));
		return List.copyOf(services.values());
	}

	/**
	 * Whether the plan takes a service to the end of its migrations.
	 * @param service the service
	 * @return {@code false} if the plan was narrowed so that it ends earlier, or does not
	 * have that service
	 */
	public boolean completes(ServiceName service) {
		return this.completed.contains(service);
	}

	/**
	 * Narrows the plan to some services and whatever they require, core included.
	 * @param services the services, all of them known
	 * @return the narrower plan
	 */
	public MigrationPlan only(Collection<ServiceName> services) {
		return closure((step) -> services.contains(step.service().name()));
	}

	/**
	 * Narrows the plan to some services up to one version each, and whatever that
	 * requires.
	 * @param versions the last version to apply of each service, which the service has
	 * @return the narrower plan
	 */
	public MigrationPlan upTo(Map<ServiceName, Version> versions) {
		Predicate<Step> needed = (step) -> {
			Version version = versions.get(step.service().name());
			return version != null && !truncate(step, version).migrations().isEmpty();
		};
		List<Step> narrowed = new ArrayList<>();
		for (Step step : closure(needed).steps()) {
			Version version = versions.get(step.service().name());
			narrowed.add((version == null) ? step : truncate(step, version));
		}
		return new MigrationPlan(narrowed);
	}

	private static Step truncate(Step step, Version version) {
		return step.narrowedTo(step.migrations()
			.stream()
			.filter((migration) -> migration.version() != null && migration.version().compareTo(version) <= 0)
			.toList(), step.from());
	}

	private MigrationPlan closure(Predicate<Step> wanted) {
		Set<Integer> kept = new HashSet<>();
		Deque<Integer> queue = new ArrayDeque<>();
		for (int i = 0; i < this.steps.size(); i++) {
			if (wanted.test(this.steps.get(i))) {
				queue.add(i);
			}
		}
		while (!queue.isEmpty()) {
			int index = queue.remove();
			if (kept.add(index)) {
				queue.addAll(this.steps.get(index).requires());
			}
		}
		List<Step> narrowed = new ArrayList<>();
		Map<Integer, Integer> moved = new LinkedHashMap<>();
		new TreeSet<>(kept).forEach((index) -> {
			Step step = this.steps.get(index);
			SortedSet<Integer> requires = new TreeSet<>();
			step.requires().forEach((required) -> requires.add(moved.get(required)));
			moved.put(index, narrowed.size());
			narrowed.add(new Step(step.service(), step.from(), step.migrations(),
					Collections.unmodifiableSortedSet(requires), step.requiredServices()));
		});
		return new MigrationPlan(narrowed);
	}

}
