package dev.skein.catalog;

import java.util.regex.Pattern;

/**
 * The name of a profile of seeds: small letters, digits and hyphens, a letter first.
 *
 * @param value the name
 */
public record ProfileName(String value) implements Comparable<ProfileName> {

	private static final Pattern LEGAL = Pattern.compile("[a-z][a-z0-9-]*");

	public ProfileName {
		if (!isLegal(value)) {
			throw new IllegalArgumentException("profile name \"" + value + "\" is not legal: " + ServiceName.RULE);
		}
	}

	static boolean isLegal(String value) {
		return LEGAL.matcher(value).matches();
	}

	@Override
	public int compareTo(ProfileName other) {
		return this.value.compareTo(other.value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
