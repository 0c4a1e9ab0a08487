package dev.skein.gate;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The version of a schema, which compares by its numbers: {@code 1}, {@code 001} and
 * {@code 1.0} are one version, {@code 9} comes before {@code 10}.
 *
 * @param text how it was written
 */
record SchemaVersion(String text) implements Comparable<SchemaVersion> {

	private static final Pattern LEGAL = Pattern.compile("\\d+([._]\\d+)*");

	SchemaVersion {
		if (!isLegal(text)) {
			throw new IllegalArgumentException("\"" + text + "\" is not a version: digits separated by dots");
		}
		text = text.replace('_', '.');
	}

	static boolean isLegal(String text) {
		return LEGAL.matcher(text).matches();
	}

	@Override
	public int compareTo(SchemaVersion other) {
		List<BigInteger> mine = numbers();
		List<BigInteger> others = other.numbers();
		for (int i = 0; i < Math.max(mine.size(), others.size()); i++) {
			BigInteger left = (i < mine.size()) ? mine.get(i) : BigInteger.ZERO;
			BigInteger right = (i < others.size()) ? others.get(i) : BigInteger.ZERO;
			if (!left.equals(right)) {
				return left.compareTo(right);
			}
		}
		return 0;
	}

	private List<BigInteger> numbers() {
		return Arrays.stream(this.text.split("\\.")).map(BigInteger::new).toList();
	}

	@Override
	public String toString() {
		return this.text;
	}

}
