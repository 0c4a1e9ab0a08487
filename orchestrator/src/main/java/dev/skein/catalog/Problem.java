package dev.skein.catalog;

import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong with what a person wrote: where, what, and the way out.
 * <p>
 * Problems are values, so that all of them can be reported at once, in a stable order.
 */
public interface Problem {

	/**
	 * The order of a report: by file, line, then text.
	 */
	Comparator<Problem> REPORT_ORDER = (one, other) -> {
		int places = one.location().compareTo(other.location());
		return (places != 0) ? places : one.message().compareTo(other.message());
	};

	/**
	 * Where it was written.
	 * @return the place
	 */
	Location location();

	/**
	 * What is wrong, subject first, names in double quotes.
	 * @return one sentence without a full stop
	 */
	String message();

	/**
	 * What to do about it.
	 * @return one sentence, or {@code null} where the message says it all
	 */
	@Nullable String hint();

	/**
	 * The problem as a person reads it: message, place and way out, a line each.
	 * @return two or three lines without a final line break
	 */
	default String describe() {
		String text = message() + "\n  at " + location();
		return (hint() == null) ? text : text + "\n  " + hint();
	}

}
