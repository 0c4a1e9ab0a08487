package dev.skein.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.skein.catalog.Migration;
import dev.skein.catalog.Problem;
import dev.skein.catalog.Referrers;
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

		/** Nearly always the one before it, and the one behind it. */
		private final List<Node> requires = new ArrayList<>(1);

		private final List<Node> requiredBy = new ArrayList<>(1);

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

	private final Map<ServiceName, Chain> chains = new LinkedHashMap<>();

	MigrationGraph(ServiceCatalog catalog) {
		this.catalog = catalog;
		catalog.services().forEach(this::addChain);
		Chain core = this.chains.get(ServiceName.CORE);
		this.chains.values().forEach((chain) -> addRequirements(chain, core));
	}

	/**
	 * The nodes of one service, which have consecutive numbers.
	 */
	private record Chain(Node first, Node end) {

		ServiceDefinition service() {
			return this.first.service();
		}

	}

	List<Node> nodes() {
		return this.nodes;
	}

	List<Problem> problems() {
		return this.problems;
	}

	private void addChain(ServiceDefinition service) {
		int first = this.nodes.size();
		Node previous = null;
		for (Migration migration : service.versioned()) {
			previous = addNode(service, migration, previous);
		}
		Node end = addNode(service, null, previous);
		this.chains.put(service.name(), new Chain(this.nodes.get(first), end));
	}

	private Node addNode(ServiceDefinition service, @Nullable Migration migration, @Nullable Node previous) {
		Node node = new Node(this.nodes.size(), service, migration);
		this.nodes.add(node);
		if (previous != null) {
			node.require(previous);
		}
		return node;
	}

	private void addRequirements(Chain chain, @Nullable Chain core) {
		ServiceDefinition service = chain.service();
		Node first = chain.first();
		if (core != null && !service.isCore()) {
			first.require(core.end());
		}
		service.requires().forEach((requirement) -> require(service, first, requirement));
		service.referencedBy().named().forEach((referrer) -> referenced(service, referrer));
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
		Chain required = this.chains.get(requirement.service());
		if (required == null) {
			this.problems
				.add(new PlanProblem.UnknownService(service.name(), requirement, nearest(requirement.service())));
			return;
		}
		Node target = (requirement.atLeast() == null) ? required.end() : find(required, requirement.atLeast());
		if (target == null) {
			this.problems.add(new PlanProblem.UnknownVersion(service.name(), requirement, required.service()));
			return;
		}
		node.require(target);
	}

	/**
	 * A requirement that is misspelt is a problem of its own, and may mean the service.
	 */
	private boolean isKnown(ServiceName name) {
		return this.chains.containsKey(name);
	}

	/**
	 * A key can be made only in an order in which the table that it refers to comes
	 * first. A service that is not in this catalog may be in that of another repository,
	 * unless its name is nearly that of one here.
	 */
	private void referenced(ServiceDefinition service, Referrers.Named referrer) {
		Chain by = this.chains.get(referrer.service());
		if (by == null) {
			String nearest = nearest(referrer.service());
			if (nearest != null) {
				this.problems.add(new PlanProblem.UnknownReferrer(service.name(), referrer, nearest));
			}
		}
		else if (by.service().name().equals(service.name())
				|| (!service.isCore() && by.service().requiredServices().noneMatch(service.name()::equals)
						&& by.service().requiredServices().allMatch(this::isKnown))) {
			this.problems.add(new PlanProblem.IdleReferrer(service.name(), referrer));
		}
	}

	private @Nullable String nearest(ServiceName unknown) {
		return Suggestion.didYouMean(unknown.value(),
				this.catalog.services().stream().map((other) -> other.name().value()).toList());
	}

	private @Nullable Node find(Chain chain, Version version) {
		return this.nodes.subList(chain.first().id(), chain.end().id())
			.stream()
			.filter((node) -> Objects.equals(version, requireNonNull(node.migration()).version()))
			.findFirst()
			.orElse(null);
	}

	/**
	 * The next node of the same service's chain, which is always the next one added.
	 */
	private Node next(Node node) {
		return this.nodes.get(node.id() + 1);
	}

}
