package dev.skein.catalog;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The version of a migration. Two versions are equal when their numbers are, so {@code 1}
 * equals {@code 001} and {@code 1.0}, as Flyway has it; the text is kept as it was
 * written.
 */
public final class Version implements Comparable<Version> {

	private static final Pattern LEGAL = Pattern.compile("\\d+([._]\\d+)*");

	private final String text;

	private final List<BigInteger> parts;

	private Version(String text) {
		this.text = text.replace('_', '.');
		List<BigInteger> numbers = Arrays.stream(this.text.split("\\.", -1)).map(BigInteger::new).toList();
		int significant = numbers.size();
		while (significant > 1 && numbers.get(significant - 1).signum() == 0) {
			significant--;
		}
		this.parts = numbers.subList(0, significant);
	}

	/**
	 * The version that this text stands for.
	 * @param text digits, in groups separated by dots or underscores
	 * @return the version
	 * @throws IllegalArgumentException if it is none
	 */
	public static Version of(String text) {
		if (!isLegal(text)) {
			throw new IllegalArgumentException("version \"" + text + "\" is not legal: digits separated by dots");
		}
		return new Version(text);
	}

	/**
	 * The version that comes next, written as wide as this one: {@code 010} after
	 * {@code 009}, and {@code 1.3} after {@code 1.2}.
	 * @return a version above this one
	 */
	public Version next() {
		int last = this.text.lastIndexOf('.') + 1;
		String number = this.text.substring(last);
		String next = new BigInteger(number).add(BigInteger.ONE).toString();
		return new Version(
				this.text.substring(0, last) + "0".repeat(Math.max(0, number.length() - next.length())) + next);
	}

	/**
	 * Whether a text is a version.
	 * @param text the text
	 * @return {@code true} if {@link #of} takes it
	 */
	public static boolean isLegal(String text) {
		return LEGAL.matcher(text).matches();
	}

	@Override
	public int compareTo(Version other) {
		int common = Math.min(this.parts.size(), other.parts.size());
		for (int i = 0; i < common; i++) {
			int difference = this.parts.get(i).compareTo(other.parts.get(i));
			if (difference != 0) {
				return difference;
			}
		}
		return Integer.compare(this.parts.size(), other.parts.size());
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Version version && this.parts.equals(version.parts);
	}

	@Override
	public int hashCode() {
		return this.parts.hashCode();
	}

	@Override
	public String toString() {
		return this.text;
	}

}
