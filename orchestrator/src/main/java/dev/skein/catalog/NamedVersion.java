package dev.skein.catalog;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The number of a file whose whole name is its version, as the schema history records it:
 * from the name alone, so it stays when files come between, different for each name, and
 * in the order of the names as far as their first letters differ.
 */
final class NamedVersion {

	/** What the column of the history holds. */
	private static final int LONGEST = 50;

	/** Digits that tell names apart which begin alike. */
	private static final int SUM = 9;

	/** Letters in their order as text; 0 stands for the end, the last for all others. */
	private static final String LETTERS = "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

	private static final int BASE = LETTERS.length() + 2;

	private static final Pattern NAME = Pattern.compile("(\\d{1,20})([._-])(.+)", Pattern.DOTALL);

	private static final Pattern ENDING = Pattern.compile("(?:\\.(?:up|down|rollback))?\\.sql$");

	private NamedVersion() {
	}

	/**
	 * The name of a migration, by the path of its file within the folder of migrations:
	 * that of the folder in which it lies, or its own without the ending.
	 */
	static String nameOf(String script) {
		int slash = script.lastIndexOf('/');
		return (slash > 0) ? script.substring(0, slash) : ENDING.matcher(script).replaceFirst("");
	}

	static boolean isLegal(String name) {
		return NAME.matcher(name).matches();
	}

	/**
	 * The number of a name. A hyphen comes before digits, an underscore behind them, as
	 * text is sorted: {@code 20251104-a} is {@code 20251104.0.N}, {@code 20251104_a} is
	 * {@code 20251104.N}.
	 * @param name digits, a hyphen, a dot or an underscore, and the rest
	 * @return digits in groups separated by dots, at most 50 characters
	 * @throws IllegalArgumentException if it is no such name
	 */
	static String number(String name) {
		Matcher matcher = NAME.matcher(name);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("\"" + name + "\" does not begin with a number");
		}
		String prefix = matcher.group(1) + (matcher.group(2).equals("_") ? "." : ".0.");
		String rest = matcher.group(3);
		int digits = LONGEST - prefix.length();
		int letters = (int) ((digits - SUM) / Math.log10(BASE));
		BigInteger code = BigInteger.ZERO;
		for (int i = 0; i < letters; i++) {
			code = code.multiply(BigInteger.valueOf(BASE)).add(BigInteger.valueOf(rank(rest, i)));
		}
		String number = code.toString() + sum(rest);
		return prefix + "0".repeat(digits - number.length()) + number;
	}

	private static int rank(String text, int index) {
		if (index >= text.length()) {
			return 0;
		}
		int letter = LETTERS.indexOf(text.charAt(index));
		return (letter < 0) ? BASE - 1 : letter + 1;
	}

	/** Never zero, so that a part of a version is never left out. */
	private static String sum(String text) {
		CRC32 sum = new CRC32();
		sum.update(text.getBytes(StandardCharsets.UTF_8));
		return "%09d".formatted(sum.getValue() % 999_999_999 + 1);
	}

}
