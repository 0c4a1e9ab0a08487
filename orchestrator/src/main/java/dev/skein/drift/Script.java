package dev.skein.drift;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

import dev.skein.text.PrintableText;

/**
 * Statements in the order in which they run: by phase, and what makes an object before
 * what mentions it. What cannot be said in SQL is said in words, as comments.
 */
final class Script {

	private final List<Statement> statements = new ArrayList<>();

	private final Map<Phase, Map<String, Drop>> drops = new EnumMap<>(Phase.class);

	private final Set<String> words = new LinkedHashSet<>();

	void add(Phase phase, String sql) {
		make(phase, sql, "", Mention.names(sql));
	}

	/**
	 * Adds a statement that others may have to wait for.
	 * @param made the name of what it makes or changes
	 * @param needs the names of what has to be there
	 */
	void make(Phase phase, String sql, String made, Set<String> needs) {
		this.statements.add(new Statement(phase, sql + ";", made, needs));
	}

	/**
	 * Drops an object, before those that it needs. Several of a kind go in one statement.
	 * @param needs the names of what it is made of
	 */
	void drop(Phase phase, String kind, String name, Set<String> needs) {
		this.drops.computeIfAbsent(phase, (same) -> new LinkedHashMap<>())
			.put(kind + " " + name, new Drop(kind, name, needs));
	}

	/**
	 * Says something before the statements of a phase that are dropped together.
	 */
	void warn(Phase phase, String text) {
		this.statements.add(new Statement(phase, comment(text), "", Set.of()));
	}

	void words(String text) {
		this.words.add(comment(text));
	}

	/**
	 * A comment that no name and no definition in it can end.
	 */
	static String comment(String text) {
		return "-- " + PrintableText.of(text).replace("\n", "\n-- ");
	}

	/**
	 * Says what the script leaves as it is.
	 */
	void notBroughtBack(String text) {
		words("Not brought back: " + text);
	}

	/**
	 * All of it, what is not brought back first.
	 */
	List<String> statements() {
		List<String> all = new ArrayList<>();
		this.words.stream().filter((line) -> line.startsWith("-- Not ")).forEach(all::add);
		this.words.stream().filter((line) -> !line.startsWith("-- Not ")).forEach(all::add);
		boolean sorted = false;
		for (Phase phase : Phase.values()) {
			if (phase.isSorted()) {
				all.addAll(sorted ? List.of() : sorted());
				sorted = true;
				continue;
			}
			this.statements.stream()
				.filter((statement) -> statement.phase() == phase)
				.map(Statement::sql)
				.distinct()
				.forEach(all::add);
			all.addAll(dropped(phase));
		}
		return all;
	}

	/**
	 * The statements of the sorted phases. Where some wait for each other, the earliest
	 * phase goes first.
	 */
	private List<String> sorted() {
		List<Statement> waiting = this.statements.stream()
			.filter((statement) -> statement.phase().isSorted())
			.distinct()
			.sorted((one, other) -> one.phase().compareTo(other.phase()))
			.toList();
		Map<String, List<Integer>> makers = new HashMap<>();
		for (int i = 0; i < waiting.size(); i++) {
			if (!waiting.get(i).made().isEmpty()) {
				makers.computeIfAbsent(waiting.get(i).made(), (same) -> new ArrayList<>()).add(i);
			}
		}
		List<Set<Integer>> needed = new ArrayList<>();
		List<List<Integer>> followers = new ArrayList<>();
		waiting.forEach((statement) -> followers.add(new ArrayList<>()));
		for (int i = 0; i < waiting.size(); i++) {
			Statement statement = waiting.get(i);
			Set<Integer> before = new HashSet<>();
			for (String name : statement.needs()) {
				if (!name.equals(statement.made())) {
					before.addAll(makers.getOrDefault(name, List.of()));
				}
			}
			// What changes an object comes after what creates it.
			makers.getOrDefault(statement.made(), List.of())
				.stream()
				.filter((maker) -> waiting.get(maker).phase().isCreation() && !statement.phase().isCreation())
				.forEach(before::add);
			needed.add(before);
			for (int maker : before) {
				followers.get(maker).add(i);
			}
		}
		PriorityQueue<Integer> ready = new PriorityQueue<>();
		boolean[] taken = new boolean[waiting.size()];
		for (int i = 0; i < waiting.size(); i++) {
			if (needed.get(i).isEmpty()) {
				ready.add(i);
			}
		}
		List<String> all = new ArrayList<>();
		int first = 0;
		while (all.size() < waiting.size()) {
			while (first < waiting.size() && taken[first]) {
				first++;
			}
			int next = ready.isEmpty() ? first : ready.remove();
			taken[next] = true;
			all.add(waiting.get(next).sql());
			for (int follower : followers.get(next)) {
				if (needed.get(follower).remove(next) && needed.get(follower).isEmpty() && !taken[follower]) {
					ready.add(follower);
				}
			}
		}
		return all;
	}

	private List<String> dropped(Phase phase) {
		List<Drop> left = new ArrayList<>(this.drops.getOrDefault(phase, Map.of()).values());
		List<String> all = new ArrayList<>();
		while (!left.isEmpty()) {
			Set<String> needed = left.stream().flatMap((drop) -> drop.others().stream()).collect(Collectors.toSet());
			List<Drop> free = left.stream().filter((drop) -> !needed.contains(drop.made())).toList();
			String kind = (free.isEmpty() ? left : free).get(0).kind();
			List<Drop> together = (free.isEmpty() ? left : free).stream()
				.filter((drop) -> drop.kind().equals(kind))
				.toList();
			// Views of views can go in one statement, if nothing else stands between.
			List<Drop> same = left.stream().filter((drop) -> drop.kind().equals(kind)).toList();
			if (same.size() == left.size()) {
				together = same;
			}
			left.removeAll(together);
			all.add("DROP " + kind + " " + together.stream().map(Drop::name).collect(Collectors.joining(", ")) + ";");
		}
		return all;
	}

	/**
	 * A statement.
	 */
	private record Statement(Phase phase, String sql, String made, Set<String> needs) {

	}

	/**
	 * Something to drop.
	 */
	private record Drop(String kind, String name, Set<String> needs) {

		String made() {
			return ObjectName.bare(this.name);
		}

		Set<String> others() {
			Set<String> others = new HashSet<>(this.needs);
			others.remove(made());
			return others;
		}

	}

}
