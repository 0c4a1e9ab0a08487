package dev.skein.benchmarks;

import java.util.List;

/**
 * What several measurements of one thing say.
 *
 * @param median the middle one; between two middle ones, their mean
 * @param min the least
 * @param max the greatest
 */
record Spread(double median, double min, double max) {

	/**
	 * Looks at values.
	 * @param values one or more, in any order
	 * @return their spread
	 */
	static Spread of(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		int size = sorted.size();
		return new Spread((sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2, sorted.get(0), sorted.get(size - 1));
	}

}
