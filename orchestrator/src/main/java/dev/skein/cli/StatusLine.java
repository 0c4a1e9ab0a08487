package dev.skein.cli;

import dev.skein.text.PrintableText;

/**
 * The line at the end of a terminal that tells what is running, and gives way to whatever
 * has to be said. Without a terminal it is not there.
 */
final class StatusLine {

	static final String CLEAR_LINE = "\r\u001B[K";

	/** So that a line wider than the terminal stays one line, which can be cleared. */
	private static final String NO_WRAP = "\u001B[?7l";

	private static final String WRAP = "\u001B[?7h";

	private final Surroundings surroundings;

	private String text = "";

	StatusLine(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	/**
	 * Whether there is one.
	 */
	boolean isShown() {
		return this.surroundings.terminal();
	}

	void show(String text) {
		if (isShown() && !text.equals(this.text)) {
			this.text = text;
			draw();
		}
	}

	private void draw() {
		this.surroundings.err().control(CLEAR_LINE);
		if (!this.text.isEmpty()) {
			this.surroundings.err().control(NO_WRAP);
			this.surroundings.err().print(PrintableText.line(this.text));
			this.surroundings.err().control(WRAP);
		}
		this.surroundings.err().flush();
	}

	/**
	 * Says something that stays, above the line.
	 */
	void say(String text) {
		if (isShown()) {
			this.surroundings.err().control(CLEAR_LINE);
		}
		this.surroundings.say(text);
		if (!this.text.isEmpty()) {
			draw();
		}
	}

	void clear() {
		show("");
	}

}
