package dev.skein.catalog;

import java.util.regex.Pattern;

/**
 * The name of a service: small letters, digits and hyphens, a letter first.
 *
 * @param value the name
 */
public record ServiceName(String value) implements Comparable<ServiceName> {

	/**
	 * What makes a name legal, in words.
	 */
	public static final String RULE = "small letters, digits and hyphens, a letter first";

	private static final Pattern LEGAL = Pattern.compile("[a-z][a-z0-9-]*");

	/**
	 * The shared schema that everybody requires and that comes first in every plan.
	 */
	public static final ServiceName CORE = new ServiceName("core");

	public ServiceName {
		if (!isLegal(value)) {
			throw new IllegalArgumentException("service name \"" + value + "\" is not legal: " + RULE);
		}
	}

	/**
	 * Whether a text is the name of a service.
	 * @param value the text
	 * @return {@code true} if the constructor takes it
	 */
	public static boolean isLegal(String value) {
		return LEGAL.matcher(value).matches();
	}

	// A record's own two go through method handles: a start makes those in 10 ms, and
	// without the optimising compiler they take ten times as long. A plan compares these
	// names everywhere.

	@Override
	public boolean equals(Object other) {
		return other instanceof ServiceName name && name.value.equals(this.value);
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

	@Override
	public int compareTo(ServiceName other) {
		return this.value.compareTo(other.value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
