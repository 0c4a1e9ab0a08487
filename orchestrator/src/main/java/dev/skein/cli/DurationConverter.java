package dev.skein.cli;

import java.time.Duration;

import dev.skein.catalog.TimeSpan;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads times on the command line as {@link TimeSpan} does.
 */
final class DurationConverter implements ITypeConverter<Duration> {

	@Override
	public Duration convert(String value) {
		return TimeSpan.parse(value)
			.orElseThrow(() -> new TypeConversionException("\"" + value + "\" is not a time: " + TimeSpan.RULE));
	}

}
