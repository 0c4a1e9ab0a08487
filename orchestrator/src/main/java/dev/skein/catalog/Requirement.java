package dev.skein.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What one service, or one migration of it, requires of another service.
 *
 * @param service the service that must come first
 * @param atLeast how much of it must be there; {@code null} means all of it
 * @param location where this was written
 */
public record Requirement(ServiceName service, @Nullable Version atLeast, Location location) {

	/**
	 * Whether a text is a requirement.
	 * @param text the text
	 * @return {@code true} for {@code NAME} and {@code NAME@VERSION}
	 */
	public static boolean isLegal(String text) {
		int at = text.indexOf('@');
		return (at < 0) ? ServiceName.isLegal(text)
				: ServiceName.isLegal(text.substring(0, at)) && Version.isLegal(text.substring(at + 1));
	}

	/**
	 * Understands a requirement.
	 * @param text a legal one
	 * @param location where it was written
	 * @return the requirement
	 */
	public static Requirement parse(String text, Location location) {
		int at = text.indexOf('@');
		return (at < 0) ? new Requirement(new ServiceName(text), null, location)
				: new Requirement(new ServiceName(text.substring(0, at)), Version.of(text.substring(at + 1)), location);
	}

	@Override
	public String toString() {
		return (this.atLeast == null) ? this.service.value() : this.service + "@" + this.atLeast;
	}

}
