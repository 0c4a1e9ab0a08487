package dev.skein.program;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a tool printed, as far as it is worth keeping: the first lines, which often say
 * what was wrong, and the last ones.
 */
final class PrintedLines {

	private static final int FIRST = 10;

	private static final int LAST = 20;

	/** Commands to a terminal: colours, the cursor, the title of the window. */
	private static final Pattern SEQUENCE = Pattern
		.compile("\\x1B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1B]*(?:\\x07|\\x1B\\\\)?|[ -/]*[0-~])");

	private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\t]]");

	private final List<String> first = new ArrayList<>();

	private final Deque<String> last = new ArrayDeque<>();

	private int between;

	/**
	 * A line without what only a terminal understands. Of a line that the tool wrote
	 * over, what it wrote last stays.
	 */
	static String plain(String line) {
		String text = SEQUENCE.matcher(line).replaceAll("");
		String written = text.substring(text.stripTrailing().lastIndexOf('\r') + 1);
		return CONTROL.matcher(written).replaceAll("");
	}

	synchronized void add(String line) {
		if (this.first.size() < FIRST) {
			this.first.add(line);
			return;
		}
		this.last.add(line);
		if (this.last.size() > LAST) {
			this.last.remove();
			this.between++;
		}
	}

	synchronized List<String> list() {
		List<String> all = new ArrayList<>(this.first);
		if (this.between > 0) {
			all.add("[" + this.between + ((this.between == 1) ? " line" : " lines") + " left out]");
		}
		all.addAll(this.last);
		return all;
	}

}
