package dev.skein.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads {@code 60s}, {@code 5m} and {@code 500ms}; a bare number means seconds.
 */
final class DurationConverter implements ITypeConverter<Duration> {

	private static final Pattern LEGAL = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

	@Override
	public Duration convert(String value) {
		Matcher matcher = LEGAL.matcher(value);
		if (!matcher.matches()) {
			throw new TypeConversionException("\"" + value + "\" is not a time: write 60s, 5m or 500ms");
		}
		long amount = Long.parseLong(matcher.group(1));
		String unit = (matcher.group(2) == null) ? "s" : matcher.group(2);
		return switch (unit) {
			case "ms" -> Duration.ofMillis(amount);
			case "m" -> Duration.ofMinutes(amount);
			case "h" -> Duration.ofHours(amount);
			default -> Duration.ofSeconds(amount);
		};
	}

}
