package dev.skein.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes one problem of many that have one cause: the same words but for the file's name,
 * and the same hint. A format that is wrong is one mistake, not two thousand.
 */
public final class ProblemsOfOneCause {

	/** As many are still worth a look at each. */
	private static final int WORTH_LISTING = 10;

	private static final Pattern NAME = Pattern.compile("\"[^\"]*\"|\\d+");

	private ProblemsOfOneCause() {
	}

	/**
	 * The same problems, each cause with more than ten of them told once, at its first
	 * file.
	 * @param problems the problems
	 * @return the problems in their order, those of one cause together
	 */
	public static List<Problem> joined(List<Problem> problems) {
		if (problems.size() <= WORTH_LISTING) {
			return problems;
		}
		Map<String, List<Problem>> causes = new LinkedHashMap<>();
		problems.forEach((problem) -> causes.computeIfAbsent(cause(problem), (key) -> new ArrayList<>()).add(problem));
		List<Problem> joined = new ArrayList<>();
		for (List<Problem> same : causes.values()) {
			if (same.size() <= WORTH_LISTING) {
				joined.addAll(same);
			}
			else {
				Problem first = same.get(0);
				joined.add(new CatalogProblem(first.location(),
						first.message() + "; " + (same.size() - 1) + " more are like it", first.hint()));
			}
		}
		return joined;
	}

	private static String cause(Problem problem) {
		return without(problem.message()) + '\n' + without(String.valueOf(problem.hint()));
	}

	/** Names and numbers differ where causes do not. */
	private static String without(String text) {
		return NAME.matcher(text).replaceAll("");
	}

}
