package dev.skein.cli;

import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads settings that have no option.
 */
final class Setting {

	private Setting() {
	}

	/**
	 * The environment variable SKEIN_X_Y, or the system property skein.x.y. Compose files
	 * pass variables that nobody set as empty ones.
	 */
	static @Nullable String read(Map<String, String> environment, String name) {
		String value = environment.get(name.toUpperCase(Locale.ROOT).replace('.', '_'));
		value = (value == null || value.isBlank()) ? System.getProperty(name) : value;
		return (value == null || value.isBlank()) ? null : value;
	}

}
