package dev.skein.rollback;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.skein.catalog.Migration;
import dev.skein.catalog.SchemaName;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import dev.skein.migration.AppliedMigration;
import dev.skein.migration.SchemaHistory;
import dev.skein.plan.MigrationPlan;
import dev.skein.plan.Step;

/**
 * Chooses the migrations that have to be undone to get somewhere: those that were asked
 * for, and first whatever was applied after them and may be built on them.
 */
final class RollbackSelection {

	private static final Comparator<AppliedVersion> BY_TIME = Comparator
		.comparing((AppliedVersion one) -> (one.order() != null) ? one.order() : 0L)
		.thenComparing((one) -> one.row().installedOn())
		.thenComparing(AppliedVersion::position);

	/** What is built on something comes after it in the plan. */
	private static final Comparator<AppliedVersion> LAST_FIRST = Comparator.comparing(AppliedVersion::position)
		.thenComparing(AppliedVersion::version)
		.reversed();

	private final List<AppliedVersion> applied = new ArrayList<>();

	RollbackSelection(MigrationPlan plan, Map<SchemaName, SchemaHistory> histories,
			Map<String, Map<Version, Long>> order) {
		Map<ServiceName, Map<Version, Integer>> positions = positions(plan);
		for (ServiceDefinition service : plan.services()) {
			Map<Version, Integer> ofService = positions.getOrDefault(service.name(), Map.of());
			Map<Version, Long> ordered = order.getOrDefault(service.name().value(), Map.of());
			for (AppliedMigration row : histories.getOrDefault(service.schema(), SchemaHistory.NONE).applied()) {
				Version version = row.version();
				// The history of a foreign tool is its own, even if it is Flyway's.
				if (version != null && service.tool() == null) {
					this.applied.add(new AppliedVersion(service, row,
							ofService.getOrDefault(version, Integer.MAX_VALUE), ordered.get(version)));
				}
			}
		}
	}

	private static Map<ServiceName, Map<Version, Integer>> positions(MigrationPlan plan) {
		Map<ServiceName, Map<Version, Integer>> positions = new HashMap<>();
		int position = 0;
		for (Step step : plan.steps()) {
			for (Migration migration : step.migrations()) {
				if (migration.version() != null) {
					positions.computeIfAbsent(step.service().name(), (service) -> new HashMap<>())
						.put(migration.version(), position++);
				}
			}
		}
		return positions;
	}

	/**
	 * The migrations to undo, in the order in which that has to happen.
	 */
	List<AppliedVersion> select(RollbackTarget target) {
		return withDependents(asked(target), order(target));
	}

	/**
	 * Those of a rollback that did not come to its end, as far as they are still applied.
	 */
	List<AppliedVersion> rest(RollbackTarget target, Set<String> labels) {
		return withDependents(this.applied.stream().filter((one) -> labels.contains(one.label())).toList(),
				order(target));
	}

	private static Comparator<AppliedVersion> order(RollbackTarget target) {
		return (target instanceof RollbackTarget.Steps) ? BY_TIME.reversed() : LAST_FIRST;
	}

	private List<AppliedVersion> asked(RollbackTarget target) {
		if (target instanceof RollbackTarget.Steps steps) {
			return this.applied.stream().sorted(BY_TIME.reversed()).limit(steps.number()).toList();
		}
		if (target instanceof RollbackTarget.ToVersion to) {
			return this.applied.stream()
				.filter((one) -> one.isOf(to.service()))
				.filter((one) -> to.version() == null || one.version().compareTo(to.version()) > 0)
				.toList();
		}
		Map<String, List<Version>> versions = ((RollbackTarget.ToRelease) target).release().versions();
		return this.applied.stream()
			.filter((one) -> !versions.getOrDefault(one.service().name().value(), List.of()).contains(one.version()))
			.toList();
	}

	private List<AppliedVersion> withDependents(List<AppliedVersion> asked, Comparator<AppliedVersion> order) {
		List<AppliedVersion> undone = new ArrayList<>(asked);
		Set<AppliedVersion> left = this.applied.stream()
			.filter((one) -> !asked.contains(one))
			.collect(Collectors.toSet());
		for (int i = 0; i < undone.size(); i++) {
			AppliedVersion base = undone.get(i);
			List<AppliedVersion> dependents = left.stream()
				.filter((one) -> one.mayDependOn(base) && one.isAfter(base))
				.toList();
			undone.addAll(dependents);
			dependents.forEach(left::remove);
		}
		undone.sort(order);
		return undone;
	}

}
