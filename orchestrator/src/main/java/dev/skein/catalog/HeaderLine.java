package dev.skein.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line {@code -- key: value} of a file's header, which is what stands before the first
 * line that is neither empty nor a comment.
 *
 * @param location where it stands
 * @param value what is behind the colon
 */
record HeaderLine(Location location, String value) {

	private static final Pattern LINE = Pattern.compile("--\\s*([a-z]+):\\s*(.*)");

	/**
	 * The lines of a key.
	 * @param key the key
	 */
	static List<HeaderLine> of(SqlScript script, String key) {
		List<HeaderLine> found = new ArrayList<>();
		int number = 0;
		for (String line : (Iterable<String>) script.text().lines()::iterator) {
			number++;
			String text = line.strip();
			if (!text.isEmpty() && !text.startsWith("--")) {
				break;
			}
			Matcher matcher = LINE.matcher(text);
			if (matcher.matches() && matcher.group(1).equals(key)) {
				found.add(new HeaderLine(new Location(script.location().file(), number), matcher.group(2).strip()));
			}
		}
		return found;
	}

}
