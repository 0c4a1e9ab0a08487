package dev.skein.drift;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Statements in the order in which they run. What cannot be said in SQL is said in words,
 * as comments.
 */
final class Script {

	private final Map<Phase, List<String>> statements = new EnumMap<>(Phase.class);

	private final Map<String, List<String>> dropped = new TreeMap<>();

	void add(Phase phase, String statement) {
		this.statements.computeIfAbsent(phase, (same) -> new ArrayList<>()).add(statement + ";");
	}

	/**
	 * Several of a kind go in one statement, whatever they need of each other.
	 */
	void drop(Phase phase, String kind, String name) {
		this.dropped.computeIfAbsent(phase.name() + " " + kind, (same) -> new ArrayList<>()).add(name);
	}

	/**
	 * Says something before the statements of a phase that are dropped together.
	 */
	void warn(Phase phase, String text) {
		this.statements.computeIfAbsent(phase, (same) -> new ArrayList<>()).add("-- " + text);
	}

	void words(String text) {
		this.statements.computeIfAbsent(Phase.WORDS, (same) -> new ArrayList<>()).add("-- " + text);
	}

	int count(Phase phase) {
		return this.statements.getOrDefault(phase, List.of()).size();
	}

	/**
	 * Sorts the statements of a phase by what they mention of each other's.
	 * @param names the objects that the statements make, in the same order
	 */
	void sort(Phase phase, List<String> names) {
		List<String> all = this.statements.getOrDefault(phase, new ArrayList<>());
		List<String> open = new ArrayList<>(names);
		List<String> sorted = new ArrayList<>();
		while (!all.isEmpty()) {
			int next = 0;
			for (int i = 0; i < all.size(); i++) {
				List<String> others = new ArrayList<>(open);
				others.remove(i);
				String text = all.get(i);
				if (others.stream().noneMatch((name) -> Mention.isIn(text, name))) {
					next = i;
					break;
				}
			}
			sorted.add(all.remove(next));
			open.remove(next);
		}
		this.statements.put(phase, sorted);
	}

	List<String> statements() {
		this.dropped.forEach((key, names) -> {
			String[] parts = key.split(" ", 2);
			this.statements.computeIfAbsent(Phase.valueOf(parts[0]), (same) -> new ArrayList<>())
				.add("DROP " + parts[1] + " " + String.join(", ", names) + ";");
		});
		this.dropped.clear();
		return this.statements.values().stream().flatMap(List::stream).toList();
	}

}
