package dev.skein.scaffold;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.skein.catalog.Migration;
import dev.skein.catalog.MigrationFormat;
import dev.skein.catalog.Version;

/**
 * The digits and the separator with which the next file of format {@code plain} begins,
 * as its neighbour has them.
 */
final class PlainNumber {

	/** A date, what else there are of digits, and the separator behind them. */
	private static final Pattern DATED = Pattern.compile("(\\d{8})(_?\\d\\d(?=[-_])|\\d*)([-_]).*");

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd");

	private PlainNumber() {
	}

	/**
	 * The beginning of the name of the next file.
	 * @param highest the last file
	 * @param number its number and one, or the date of today as wide as it
	 * @param what what the file does, with underscores between the words
	 * @param now what time it is
	 * @return such as {@code 20251105} or {@code 2025110502}
	 */
	static String after(Migration highest, String number, String what, LocalDateTime now) {
		String name = highest.script().name();
		Matcher matcher = DATED.matcher(name);
		if (!matcher.matches() || !String.valueOf(highest.version()).startsWith(matcher.group(1) + ".")) {
			return number;
		}
		String counter = matcher.group(2);
		LocalDate last = LocalDate.parse(matcher.group(1), DAY);
		LocalDate day = now.toLocalDate().isAfter(last) ? now.toLocalDate() : last;
		if (counter.isEmpty()) {
			String next = DAY.format(day);
			return isAbove(highest, next + separated(highest, "_" + what)) ? next : DAY.format(day.plusDays(1));
		}
		if (counter.length() > 3) {
			return number;
		}
		String width = counter.startsWith("_") ? "_%02d" : "%02d";
		int count = day.isAfter(last) ? 1 : Integer.parseInt(counter.replace("_", "")) + 1;
		return DAY.format(day) + width.formatted(count);
	}

	/**
	 * What follows the digits, with hyphens where the neighbour has them.
	 * @param highest the last file
	 * @param text an underscore and words with underscores between them
	 */
	static String separated(Migration highest, String text) {
		Matcher matcher = DATED.matcher(highest.script().name());
		boolean hyphens = matcher.matches() ? matcher.group(3).equals("-")
				: highest.script().name().matches("\\d+(?:\\.\\d+)*-.*");
		return hyphens ? text.replace('_', '-') : text;
	}

	private static boolean isAbove(Migration highest, String name) {
		Version version = highest.version();
		return version != null
				&& MigrationFormat.PLAIN.version(name + ".sql").filter((one) -> one.compareTo(version) > 0).isPresent();
	}

}
