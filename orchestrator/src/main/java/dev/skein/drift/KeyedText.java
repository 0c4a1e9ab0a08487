package dev.skein.drift;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The definition of an aggregate or a range type in a snapshot, which is written as words
 * in capitals with a value each, as CREATE takes it.
 */
final class KeyedText {

	private static final Pattern PART = Pattern
		.compile("([A-Z_]{5,})(?: ('(?:[^']|'')*'|.*?))?(?= [A-Z_]{5,}(?: |$)|$)" + " ?", Pattern.DOTALL);

	private static final Map<String, String> MODIFY = Map.of("r", "READ_ONLY", "s", "SHAREABLE", "w", "READ_WRITE");

	private static final Map<String, String> PARALLEL = Map.of("s", "SAFE", "r", "RESTRICTED", "u", "UNSAFE");

	private static final Map<String, String> OF_RANGES = Map.of("OPCLASS", "SUBTYPE_OPCLASS", "COLLATE", "COLLATION",
			"DIFF", "SUBTYPE_DIFF", "MULTIRANGE", "MULTIRANGE_TYPE_NAME");

	private KeyedText() {
	}

	/**
	 * An aggregate's options.
	 * @return the options, or {@code null} if the definition does not hold all of them
	 */
	static @Nullable String aggregate(String definition) {
		if (definition.contains(" HYPOTHETICAL ") || definition.contains(" ORDERED-SET ")) {
			return null;
		}
		Map<String, String> parts = parts(definition);
		parts.computeIfPresent("FINALFUNC_MODIFY", (key, value) -> MODIFY.getOrDefault(value, value));
		parts.computeIfPresent("PARALLEL", (key, value) -> PARALLEL.getOrDefault(value, value));
		parts.computeIfPresent("SORTOP", (key, value) -> "OPERATOR(" + value.replaceFirst("\\(.*", "") + ")");
		return text(parts);
	}

	/**
	 * A range type's options.
	 * @return the options, or {@code null} if it needs a function that needs the type
	 */
	static @Nullable String range(String definition) {
		Map<String, String> parts = parts(definition);
		if (parts.containsKey("CANONICAL")) {
			return null;
		}
		Map<String, String> renamed = new LinkedHashMap<>();
		parts.forEach((key, value) -> renamed.put(OF_RANGES.getOrDefault(key, key), value));
		return text(renamed);
	}

	private static Map<String, String> parts(String definition) {
		Map<String, String> parts = new LinkedHashMap<>();
		Matcher part = PART.matcher(definition);
		while (part.lookingAt()) {
			parts.put(part.group(1), (part.group(2) == null) ? "" : part.group(2));
			part.region(part.end(), definition.length());
		}
		return parts;
	}

	private static String text(Map<String, String> parts) {
		return parts.entrySet()
			.stream()
			.map((part) -> part.getKey() + (part.getValue().isEmpty() ? "" : " = " + part.getValue()))
			.collect(Collectors.joining(", ", "(", ")"));
	}

}
