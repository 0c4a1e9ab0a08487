package dev.skein.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * A logarithmic axis.
 *
 * @param from the value at its beginning
 * @param to the value at its end
 * @param length its length in pixels
 */
record LogScale(double from, double to, int length) {

	/** Above this span only powers of ten are marked. */
	private static final double MANY = 500;

	/**
	 * An axis with some room on both sides, even around one value.
	 */
	static LogScale around(double min, double max, int length) {
		return new LogScale(min / 1.5, max * 1.5, length);
	}

	double position(double value) {
		return this.length * Math.log(value / this.from) / Math.log(this.to / this.from);
	}

	/**
	 * Round values along the axis.
	 */
	List<Double> marks() {
		List<Integer> steps = (this.to / this.from > MANY) ? List.of(1) : List.of(1, 2, 5);
		List<Double> marks = new ArrayList<>();
		for (int power = (int) Math.floor(Math.log10(this.from)); Math.pow(10, power) <= this.to; power++) {
			for (int step : steps) {
				double mark = step * Math.pow(10, power);
				if (mark >= this.from && mark <= this.to) {
					marks.add(mark);
				}
			}
		}
		return marks;
	}

}
