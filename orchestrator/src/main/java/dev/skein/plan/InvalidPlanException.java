package dev.skein.plan;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.skein.catalog.Migration;
import dev.skein.catalog.Problem;
import dev.skein.catalog.ProblemsOfOneCause;

/**
 * Thrown when no plan can be made of a catalog, or when the text of a file speaks against
 * running it. Carries everything that is wrong.
 */
public final class InvalidPlanException extends RuntimeException {

	/** With fewer files, it takes longer to get the other cores going. */
	private static final int WORTH_SHARING = 200;

	private final transient List<Problem> problems;

	/**
	 * Carries some problems.
	 * @param problems one at least, in the order of a report
	 */
	public InvalidPlanException(List<Problem> problems) {
		super(describe(problems));
		this.problems = List.copyOf(problems);
	}

	/**
	 * Finds out that files can be run, before the first of them is.
	 * @param files files that would run
	 * @throws InvalidPlanException with every objection to them, if there are any
	 */
	public static void throwIfAnyObjects(Collection<Migration> files) {
		Stream<Migration> shared = (files.size() < WORTH_SHARING) ? files.stream() : files.parallelStream();
		List<Problem> problems = shared.flatMap((file) -> file.objections().stream())
			.sorted(Problem.REPORT_ORDER)
			.toList();
		if (!problems.isEmpty()) {
			throw new InvalidPlanException(ProblemsOfOneCause.joined(problems));
		}
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
