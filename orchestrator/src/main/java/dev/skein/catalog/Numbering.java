package dev.skein.catalog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the name of a file becomes a version: from the name alone, so that it stays when
 * files come between.
 */
enum Numbering {

	/** The number, compared as a number. */
	NUMBER {

		@Override
		Version version(String written, String name) {
			return Version.of(written);
		}

	},

	/**
	 * Names that begin with dates are sorted as text: {@code 2025103001} comes before
	 * {@code 20251105}, so it is {@code 20251030.01}. A date alone is the date of several
	 * files, so the whole name counts.
	 */
	DATES {

		@Override
		Version version(String written, String name) {
			Matcher date = DATED.matcher(written);
			if (date.matches()) {
				return Version.of(date.group(1) + "." + date.group(2), written);
			}
			return DATE.matcher(written).matches() ? NAME.version(written, name) : Version.of(written);
		}

	},

	/**
	 * Diesel compares digits as text, and writes 14 or 18 of them: what is beyond 14 is a
	 * part of its own. A 1 stands before that part, since a part of zeros would count for
	 * nothing.
	 */
	TEXT {

		@Override
		Version version(String written, String name) {
			String digits = written.replace("-", "");
			return Version.of(
					(digits.length() <= TIME) ? digits : digits.substring(0, TIME) + ".1" + digits.substring(TIME),
					written);
		}

	},

	/** The whole name of the file without its ending, or of the folder. */
	NAME {

		@Override
		Version version(String written, String name) {
			String whole = NamedVersion.nameOf(name);
			return (name.indexOf('/') > 0) ? Version.folder(whole) : Version.named(whole);
		}

	};

	private static final int TIME = 14;

	private static final String DAY = "(?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])";

	private static final Pattern DATE = Pattern.compile(DAY);

	/** A date with more digits behind it: the number of the day, or the time. */
	private static final Pattern DATED = Pattern.compile("(" + DAY + ")_?(\\d+)");

	/**
	 * The version of a file.
	 * @param written the digits of its name
	 * @param name the name from these digits on
	 */
	abstract Version version(String written, String name);

}
