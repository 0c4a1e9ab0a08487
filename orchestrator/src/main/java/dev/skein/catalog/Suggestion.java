package dev.skein.catalog;

import java.util.Collection;
import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * Finds the name that was probably meant by a misspelt one.
 */
public final class Suggestion {

	private Suggestion() {
	}

	/**
	 * A question that names the nearest candidate.
	 * @param misspelt what was written
	 * @param candidates what could have been meant
	 * @return {@code did you mean "…"?}, or {@code null} where nothing is near
	 */
	public static @Nullable String didYouMean(String misspelt, Collection<String> candidates) {
		int tolerance = Math.max(1, misspelt.length() / 3);
		return candidates.stream()
			.filter((candidate) -> distance(misspelt, candidate) <= tolerance)
			.min(Comparator.comparing((String candidate) -> distance(misspelt, candidate))
				.thenComparing(Comparator.naturalOrder()))
			.map((nearest) -> "did you mean \"" + nearest + "\"?")
			.orElse(null);
	}

	/**
	 * Levenshtein's distance: how many single characters must be inserted, deleted or
	 * replaced.
	 */
	private static int distance(String left, String right) {
		int[] row = new int[right.length() + 1];
		for (int j = 0; j < row.length; j++) {
			row[j] = j;
		}
		for (int i = 1; i <= left.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j < row.length; j++) {
				int replaced = diagonal + ((left.charAt(i - 1) == right.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
			}
		}
		return row[right.length()];
	}

}
