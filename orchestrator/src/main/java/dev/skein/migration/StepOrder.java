package dev.skein.migration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;

/**
 * Tells when each step may begin: once the steps that it requires have ended, and its
 * schema is there. Steps are told by their places in the plan, each of them once.
 */
final class StepOrder {

	private final int[] missing;

	private final List<List<Integer>> dependents = new ArrayList<>();

	/** The steps of services whose schemas are made later. */
	private final Map<ServiceName, List<Integer>> schemaless = new HashMap<>();

	StepOrder(List<StepWork> work, List<ServiceDefinition> later) {
		this.missing = work.stream().mapToInt((item) -> item.step().requires().size()).toArray();
		work.forEach((item) -> this.dependents.add(new ArrayList<>()));
		later.forEach((service) -> this.schemaless.put(service.name(), new ArrayList<>()));
		for (int i = 0; i < work.size(); i++) {
			for (int required : work.get(i).step().requires()) {
				this.dependents.get(required).add(i);
			}
			List<Integer> waiting = this.schemaless.get(work.get(i).step().service().name());
			if (waiting != null) {
				waiting.add(i);
				this.missing[i]++;
			}
		}
	}

	/**
	 * The steps that wait for nothing.
	 */
	List<Integer> first() {
		return IntStream.range(0, this.missing.length).filter((step) -> this.missing[step] == 0).boxed().toList();
	}

	/**
	 * The steps that may begin because one has ended.
	 */
	List<Integer> after(int step) {
		return ready(this.dependents.get(step));
	}

	/**
	 * The steps that may begin because a schema is there.
	 */
	List<Integer> after(ServiceDefinition service) {
		return ready(this.schemaless.getOrDefault(service.name(), List.of()));
	}

	private synchronized List<Integer> ready(List<Integer> steps) {
		return steps.stream().filter((step) -> --this.missing[step] == 0).toList();
	}

}
