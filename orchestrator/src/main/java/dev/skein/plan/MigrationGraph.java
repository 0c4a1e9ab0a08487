package dev.skein.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.skein.catalog.Migration;
import dev.skein.catalog.Problem;
import dev.skein.catalog.Requirement;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Suggestion;
import dev.skein.catalog.Version;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * What must come before what. A node is one versioned migration, or the end of a service:
 * its repeatable migrations, and the point at which all of it is there. The nodes of a
 * service form a chain, so each service has an end even if it has no migrations.
 */
final class MigrationGraph {

	/**
	 * One migration, or (where it is {@code null}) the end of its service. Not a record:
	 * nodes refer to each other, and each is equal to itself only.
	 */
	static final class Node {

		private final int id;

		private final ServiceDefinition service;

		private final @Nullable Migration migration;

		private final List<Node> requires = new ArrayList<>();

		private final List<Node> requiredBy = new ArrayList<>();

		Node(int id, ServiceDefinition service, @Nullable Migration migration) {
			this.id = id;
			this.service = service;
			this.migration = migration;
		}

		int id() {
			return this.id;
		}

		ServiceDefinition service() {
			return this.service;
		}

		@Nullable Migration migration() {
			return this.migration;
		}

		List<Node> requires() {
			return this.requires;
		}

		List<Node> requiredBy() {
			return this.requiredBy;
		}

		boolean isOfSameServiceAs(Node other) {
			return this.service.name().equals(other.service.name());
		}

		void require(Node other) {
			this.requires.add(other);
			other.requiredBy.add(this);
		}

	}

	private final ServiceCatalog catalog;

	private final List<Problem> problems = new ArrayList<>();

	private final List<Node> nodes = new ArrayList<>();

	private final Map<ServiceName, Node> firsts = new HashMap<>();

	private final Map<ServiceName, Node> ends = new HashMap<>();

	private final Map<ServiceName, Map<Version, Node>> versions = new HashMap<>();

	MigrationGraph(ServiceCatalog catalog) {
		this.catalog = catalog;
		catalog.services().forEach(this::addChain);
		catalog.services().forEach(this::addRequirements);
	}

	List<Node> nodes() {
		return this.nodes;
	}

	Node first(ServiceName service) {
		return requireNonNull(this.firsts.get(service));
	}

	List<Problem> problems() {
		return this.problems;
	}

	private void addChain(ServiceDefinition service) {
		Map<Version, Node> byVersion = new HashMap<>();
		Node previous = null;
		for (Migration migration : service.versioned()) {
			previous = addNode(service, migration, previous);
			byVersion.put(requireNonNull(migration.version()), previous);
		}
		this.ends.put(service.name(), addNode(service, null, previous));
		this.versions.put(service.name(), byVersion);
	}

	private Node addNode(ServiceDefinition service, @Nullable Migration migration, @Nullable Node previous) {
		Node node = new Node(this.nodes.size(), service, migration);
		this.nodes.add(node);
		if (previous == null) {
			this.firsts.put(service.name(), node);
		}
		else {
			node.require(previous);
		}
		return node;
	}

	private void addRequirements(ServiceDefinition service) {
		Node first = first(service.name());
		Node core = this.ends.get(ServiceName.CORE);
		if (core != null && !service.isCore()) {
			first.require(core);
		}
		service.requires().forEach((requirement) -> require(service, first, requirement));
		Node node = first;
		for (Migration migration : service.versioned()) {
			for (Requirement requirement : migration.requires()) {
				require(service, node, requirement);
			}
			node = next(node);
		}
		for (Migration migration : service.repeatable()) {
			for (Requirement requirement : migration.requires()) {
				require(service, node, requirement);
			}
		}
	}

	private void require(ServiceDefinition service, Node node, Requirement requirement) {
		if (requirement.service().equals(service.name())) {
			this.problems.add(new PlanProblem.SelfRequirement(service.name(), requirement));
			return;
		}
		Optional<ServiceDefinition> required = this.catalog.service(requirement.service());
		if (required.isEmpty()) {
			String hint = Suggestion.didYouMean(requirement.service().value(),
					this.catalog.services().stream().map((other) -> other.name().value()).toList());
			this.problems.add(new PlanProblem.UnknownService(service.name(), requirement, hint));
			return;
		}
		Node target = (requirement.atLeast() == null) ? this.ends.get(requirement.service())
				: requireNonNull(this.versions.get(requirement.service())).get(requirement.atLeast());
		if (target == null) {
			this.problems.add(new PlanProblem.UnknownVersion(service.name(), requirement, required.get()));
			return;
		}
		node.require(target);
	}

	/**
	 * The next node of the same service's chain, which is always the next one added.
	 */
	private Node next(Node node) {
		return this.nodes.get(node.id() + 1);
	}

}
