package dev.skein.plan;

import java.util.List;
import java.util.stream.Collectors;

import dev.skein.catalog.Problem;

/**
 * Thrown when no plan can be made of a catalog. Carries everything that is wrong with it.
 */
public final class InvalidPlanException extends RuntimeException {

	private final transient List<Problem> problems;

	InvalidPlanException(List<Problem> problems) {
		super(describe(problems));
		this.problems = List.copyOf(problems);
	}

	/**
	 * Everything that is wrong, in the order of a report.
	 * @return one problem at least
	 */
	public List<Problem> problems() {
		return this.problems;
	}

	private static String describe(List<Problem> problems) {
		return problems.stream()
			.map(Problem::describe)
			.collect(Collectors.joining("\n\n",
					((problems.size() == 1) ? "1 problem" : problems.size() + " problems") + " in the catalog:\n\n",
					""));
	}

}
