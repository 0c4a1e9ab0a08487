package dev.skein.migration;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Finds out whether two definitions differ only in when they were made: PostgreSQL puts a
 * constant in the place of {@code 'now'::timestamp}, {@code 'today'::date} and the like.
 */
final class MomentConstants {

	private static final Pattern MOMENT = Pattern.compile(
			"'(\\d{4}-\\d\\d-\\d\\d)(?: \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:[+-]\\d\\d(?::\\d\\d)?)?)?'::(date|timestamp)");

	/** A time of day that somebody wrote has no fractions of a second. */
	private static final Pattern TIME = Pattern
		.compile("'\\d\\d:\\d\\d:\\d\\d\\.\\d+(?:[+-]\\d\\d(?::\\d\\d)?)?'::time");

	/** As far from today as yesterday and tomorrow are in any time zone. */
	private static final int DAYS = 2;

	private MomentConstants() {
	}

	/**
	 * Whether the definitions are the same, but for moments near a day.
	 * @param today the day
	 */
	static boolean isSame(@Nullable CatalogObject one, @Nullable CatalogObject other, LocalDate today) {
		return one != null && other != null && Objects.equals(one.partOf(), other.partOf())
				&& without(one.definition(), today).equals(without(other.definition(), today));
	}

	private static String without(String definition, LocalDate today) {
		String moments = MOMENT.matcher(definition)
			.replaceAll((found) -> isNear(found, today) ? "now::" + found.group(2) : "$0");
		return TIME.matcher(moments).replaceAll("now::time");
	}

	private static boolean isNear(MatchResult found, LocalDate today) {
		try {
			LocalDate day = LocalDate.parse(found.group(1));
			return !day.isBefore(today.minusDays(DAYS)) && !day.isAfter(today.plusDays(DAYS));
		}
		catch (DateTimeParseException ex) {
			return false;
		}
	}

}
