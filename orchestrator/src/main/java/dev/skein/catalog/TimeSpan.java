package dev.skein.catalog;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code 60s}, {@code 5m} and {@code 500ms}, the same in manifests and on the
 * command line; a bare number means seconds.
 */
public final class TimeSpan {

	/** How to write one, as a way out. */
	public static final String RULE = "write 60s, 5m or 500ms";

	private static final Pattern LEGAL = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

	private TimeSpan() {
	}

	/**
	 * Reads a time.
	 * @param text digits and a unit
	 * @return the time; empty if the text is none
	 */
	public static Optional<Duration> parse(String text) {
		Matcher matcher = LEGAL.matcher(text);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		long amount = Long.parseLong(matcher.group(1));
		String unit = (matcher.group(2) == null) ? "s" : matcher.group(2);
		return Optional.of(switch (unit) {
			case "ms" -> Duration.ofMillis(amount);
			case "m" -> Duration.ofMinutes(amount);
			case "h" -> Duration.ofHours(amount);
			default -> Duration.ofSeconds(amount);
		});
	}

}
