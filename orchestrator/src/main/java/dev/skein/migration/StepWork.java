package dev.skein.migration;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.skein.catalog.Migration;
import dev.skein.plan.Step;

/**
 * A step and what is left to do of it.
 *
 * @param step the step
 * @param pending its migrations that are not applied yet, in order
 */
record StepWork(Step step, List<Migration> pending) {

	StepWork {
		pending = List.copyOf(pending);
	}

	static StepWork of(Step step, ServiceState state) {
		Set<String> due = state.due()
			.stream()
			.map((migration) -> migration.script().name())
			.collect(Collectors.toSet());
		return new StepWork(step,
				step.migrations().stream().filter((migration) -> due.contains(migration.script().name())).toList());
	}

	boolean isDone() {
		return this.pending.isEmpty();
	}

	/**
	 * Whether nothing else may be in a transaction while this runs.
	 */
	boolean runsAlone() {
		return this.pending.stream().anyMatch(Migration::runsAlone);
	}

}
