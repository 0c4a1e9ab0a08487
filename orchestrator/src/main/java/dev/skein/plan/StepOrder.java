package dev.skein.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;

import dev.skein.catalog.Migration;
import dev.skein.catalog.Problem;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import dev.skein.plan.MigrationGraph.Node;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * Puts the nodes of a graph in order (Kahn's algorithm) and joins neighbours of one
 * service into steps. Among services that are ready the one with the lowest order in its
 * manifest goes on as far as it can, and of those with the same order the first by name,
 * so the order is the same in every run.
 */
final class StepOrder {

	private final List<Node> nodes;

	private final int[] open;

	private final int[] stepOf;

	private final List<Step> steps = new ArrayList<>();

	StepOrder(MigrationGraph graph) {
		this.nodes = graph.nodes();
		this.open = this.nodes.stream().mapToInt((node) -> node.requires().size()).toArray();
		this.stepOf = new int[this.nodes.size()];
		// Nodes are numbered by the names of their services
		Queue<Node> ready = new PriorityQueue<>(
				Comparator.<Node>comparingInt((node) -> node.service().order()).thenComparingInt(Node::id));
		this.nodes.stream().filter(this::isReady).forEach(ready::add);
		while (!ready.isEmpty()) {
			addStep(ready.remove(), ready);
		}
	}

	List<Step> steps() {
		return this.steps;
	}

	private void addStep(Node start, Queue<Node> ready) {
		List<Migration> migrations = new ArrayList<>();
		TreeSet<Integer> requires = new TreeSet<>();
		TreeSet<ServiceName> requiredServices = new TreeSet<>();
		Version from = start.requires()
			.stream()
			.filter((required) -> required.isOfSameServiceAs(start) && required.migration() != null)
			.map((required) -> requireNonNull(required.migration()).version())
			.findFirst()
			.orElse(null);
		Node node = start;
		while (node != null) {
			if (node.migration() != null) {
				migrations.add(node.migration());
			}
			else {
				migrations.addAll(node.service().repeatable());
			}
			this.stepOf[node.id()] = this.steps.size();
			for (Node required : node.requires()) {
				if (this.stepOf[required.id()] != this.steps.size()) {
					requires.add(this.stepOf[required.id()]);
				}
				if (!required.isOfSameServiceAs(node)) {
					requiredServices.add(required.service().name());
				}
			}
			Node next = null;
			for (Node waiting : node.requiredBy()) {
				if (--this.open[waiting.id()] == 0) {
					if (waiting.isOfSameServiceAs(node)) {
						next = waiting;
					}
					else {
						ready.add(waiting);
					}
				}
			}
			node = next;
		}
		this.steps.add(new Step(start.service(), from, migrations, Collections.unmodifiableSortedSet(requires),
				Collections.unmodifiableSortedSet(requiredServices)));
	}

	/**
	 * The circles among what could not be put in order, each once.
	 */
	List<Problem> cycles() {
		List<Problem> cycles = new ArrayList<>();
		Map<Node, Integer> walkOf = new HashMap<>();
		for (Node start : this.nodes) {
			if (isReady(start)) {
				continue;
			}
			List<Node> path = new ArrayList<>();
			Node node = start;
			while (node != null && this.open[node.id()] > 0 && !walkOf.containsKey(node)) {
				walkOf.put(node, start.id());
				path.add(node);
				node = blockerOf(node);
			}
			if (node != null && !path.isEmpty() && Integer.valueOf(start.id()).equals(walkOf.get(node))) {
				cycles.add(cycle(path.subList(path.indexOf(node), path.size())));
			}
		}
		return cycles;
	}

	private @Nullable Node blockerOf(Node node) {
		return node.requires().stream().filter((required) -> this.open[required.id()] > 0).findFirst().orElse(null);
	}

	private static Problem cycle(List<Node> nodes) {
		Set<ServiceName> services = new LinkedHashSet<>();
		nodes.forEach((node) -> services.add(node.service().name()));
		List<ServiceName> path = new ArrayList<>(services);
		Collections.rotate(path, -path.indexOf(Collections.min(path)));
		Node first = nodes.stream()
			.filter((node) -> node.service().name().equals(path.get(0)))
			.findFirst()
			.orElseThrow();
		path.add(path.get(0));
		return new PlanProblem.RequirementCycle(path, first.service().location());
	}

	private boolean isReady(Node node) {
		return this.open[node.id()] == 0;
	}

}
