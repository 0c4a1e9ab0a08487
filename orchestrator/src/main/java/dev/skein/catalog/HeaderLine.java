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

	/**
	 * The lines of a key.
	 * @param key the key
	 */
	static List<HeaderLine> of(SqlScript script, String key) {
		List<HeaderLine> found = new ArrayList<>();
		Pattern pattern = Pattern.compile("--\\s*" + key + ":\\s*(.*)");
		int number = 0;
		for (String line : (Iterable<String>) script.text().lines()::iterator) {
			number++;
			String text = line.strip();
			if (!text.isEmpty() && !text.startsWith("--")) {
				break;
			}
			Matcher matcher = pattern.matcher(text);
			if (matcher.matches()) {
				found.add(new HeaderLine(new Location(script.location().file(), number), matcher.group(1).strip()));
			}
		}
		return found;
	}

}
