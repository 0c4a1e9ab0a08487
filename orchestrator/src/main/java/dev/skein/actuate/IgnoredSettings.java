package dev.skein.actuate;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Settings of Spring Boot that Skein does not take, named so that the operator learns why
 * they do nothing.
 */
final class IgnoredSettings {

	private static final List<String> PREFIXES = List.of("spring.", "management.", "server.", "logging.");

	/** What the command reads by itself. */
	private static final Set<String> TAKEN = Set.of("spring.datasource.url", "spring.datasource.username",
			"spring.datasource.password");

	private IgnoredSettings() {
	}

	/**
	 * One line that names them, without what they are set to.
	 * @param variables the names of the environment variables
	 * @param properties the names of the system properties
	 * @return the line, or nothing where there are none
	 */
	static Optional<String> line(Collection<String> variables, Collection<String> properties) {
		Set<String> ignored = new TreeSet<>();
		Stream.concat(variables.stream(), properties.stream())
			.filter(IgnoredSettings::isSprings)
			.forEach((name) -> ignored.add(name.replaceAll("[^\\w.\\[\\]-]", "?")));
		return ignored.isEmpty() ? Optional.empty()
				: Optional.of("ignored, since serve takes its settings from Skein's options and variables only: "
						+ String.join(", ", ignored));
	}

	/**
	 * Spring Boot reads SPRING_X_Y, and other spellings, as spring.x.y.
	 */
	private static boolean isSprings(String name) {
		String property = name.toLowerCase(Locale.ROOT).replace('_', '.');
		return PREFIXES.stream().anyMatch(property::startsWith) && !TAKEN.contains(property);
	}

}
