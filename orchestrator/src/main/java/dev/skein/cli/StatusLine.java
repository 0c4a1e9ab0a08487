package dev.skein.cli;

/**
 * The line at the end of a terminal that tells what is running, and gives way to whatever
 * has to be said. Without a terminal it is not there.
 */
final class StatusLine {

	private static final String CLEAR_LINE = "\r\u001B[K";

	private final Surroundings surroundings;

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
		if (isShown()) {
			this.surroundings.err().print(CLEAR_LINE + text);
			this.surroundings.err().flush();
		}
	}

	/**
	 * Says something that stays.
	 */
	void say(String text) {
		this.surroundings.say(isShown() ? CLEAR_LINE + text : text);
	}

	void clear() {
		show("");
	}

}
