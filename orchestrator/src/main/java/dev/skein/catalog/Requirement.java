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
				: ServiceName.isLegal(text.substring(0, at)) && isVersion(text.substring(at + 1));
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
				: new Requirement(new ServiceName(text.substring(0, at)), version(text.substring(at + 1)), location);
	}

	private static boolean isVersion(String text) {
		return Version.isLegal(text) || (NamedVersion.isLegal(text) && !text.contains(" "));
	}

	private static Version version(String text) {
		return Version.isLegal(text) ? Version.of(text) : Version.named(text);
	}

	/**
	 * The same with the version as the file of the required service has it, which may be
	 * written in another way.
	 */
	Requirement resolved(@Nullable ServiceDefinition required) {
		return (this.atLeast == null || required == null) ? this
				: required.version(this.atLeast.inName())
					.filter((version) -> !version.equals(this.atLeast))
					.map((version) -> new Requirement(this.service, version, this.location))
					.orElse(this);
	}

	@Override
	public String toString() {
		return (this.atLeast == null) ? this.service.value() : this.service + "@" + this.atLeast.inName();
	}

}
