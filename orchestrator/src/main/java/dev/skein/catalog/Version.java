package dev.skein.catalog;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The version of a migration. Two versions are equal when their numbers are, so {@code 1}
 * equals {@code 001} and {@code 1.0}, as Flyway has it; the text is kept as it was
 * written. Where the whole name of a file is its version, two of them are in the order of
 * the names.
 */
public final class Version implements Comparable<Version> {

	/** Characters of the version of a name. */
	private static final int NAMED = 50;

	/** Digits at the beginning of a name, which diesel separates with hyphens. */
	private static final Pattern BEGINNING = Pattern.compile("\\d+(?:-\\d+)*");

	private static final Pattern NUMBER = Pattern.compile("\\d+");

	private static final Pattern LEGAL = Pattern.compile("\\d+([._]\\d+)*");

	private final String text;

	private final List<BigInteger> parts;

	/** As the file's name has it. */
	private final String written;

	/** Whether the whole name is the version. */
	private final boolean named;

	/** Whether such names are sorted as text, and not by their numbers first. */
	private final boolean sortedAsText;

	private Version(String text) {
		this(text, text.replace('_', '.'), false, false);
	}

	private Version(String text, String written, boolean named, boolean sortedAsText) {
		this.sortedAsText = sortedAsText;
		this.text = text.replace('_', '.');
		this.written = written;
		this.named = named;
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
	 * The version that a file's name writes in another way.
	 * @param text digits, in groups separated by dots or underscores
	 * @param written how the name has it
	 */
	static Version of(String text, String written) {
		return new Version(text, written, false, false);
	}

	/**
	 * The version of a file whose whole name is one. Those are in the order of their
	 * numbers, and of the names where these are the same.
	 * @param name digits, a hyphen or an underscore, and more
	 * @return the version
	 * @throws IllegalArgumentException if it is no such name
	 */
	static Version named(String name) {
		return new Version(NamedVersion.number(name), name, true, false);
	}

	/**
	 * The version of a folder whose whole name is one. Those are in the order of the
	 * names as text.
	 * @param name digits, a hyphen or an underscore, and more
	 * @return the version
	 * @throws IllegalArgumentException if it is no such name
	 */
	static Version folder(String name) {
		return new Version(NamedVersion.number(name), name, true, true);
	}

	/**
	 * The version that a row records, with the name that it stands for if the whole name
	 * is the version.
	 * @param text the version in the row
	 * @param script the file in the row; {@code null} where it is not known
	 * @return the version
	 * @throws IllegalArgumentException if it is none
	 */
	public static Version recorded(String text, @Nullable String script) {
		if (script == null || text.indexOf('.') < 0) {
			return of(text);
		}
		if (text.length() == NAMED) {
			String name = NamedVersion.nameOf(script);
			if (!NamedVersion.isLegal(name) || !NamedVersion.number(name).equals(text)) {
				return of(text);
			}
			return (script.indexOf('/') > 0) ? folder(name) : named(name);
		}
		Matcher digits = BEGINNING.matcher(script);
		if (!digits.lookingAt()) {
			return of(text);
		}
		boolean written = digits.group().replace("-", "").equals(text.replace(".", ""))
				|| Numbering.TEXT.version(digits.group(), script).text.equals(text);
		return written ? of(text, digits.group()) : of(text);
	}

	/**
	 * The version as the name of its file has it: {@code 20240101000000}, or the whole
	 * name where that is the version.
	 * @return the text for people; digits where only the row in a history is known
	 */
	public String inName() {
		return this.written;
	}

	/** Whether a text begins the name, so that it means this version. */
	boolean isWritten(String other) {
		return this.written.equals(other) || (this.written.startsWith(other) && this.named
				&& NUMBER.matcher(other).matches() && !Character.isDigit(this.written.charAt(other.length())));
	}

	/**
	 * The version that comes next, written as wide as this one: {@code 010} after
	 * {@code 009}, and {@code 1.3} after {@code 1.2}; the next number where the name has
	 * digits that this does not show.
	 * @return a version above this one
	 */
	public Version next() {
		if (this.named || (NUMBER.matcher(this.written).matches() && !this.text.equals(this.written))) {
			String digits = this.written.replaceFirst("(?s)\\D.*", "");
			String after = new BigInteger(digits).add(BigInteger.ONE).toString();
			return new Version("0".repeat(Math.max(0, digits.length() - after.length())) + after);
		}
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
		if (this.named && other.named) {
			int numbers = this.sortedAsText ? 0 : this.parts.get(0).compareTo(other.parts.get(0));
			return (numbers != 0) ? numbers : this.written.compareTo(other.written);
		}
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
