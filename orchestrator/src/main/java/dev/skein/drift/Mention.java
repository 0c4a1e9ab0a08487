package dev.skein.drift;

import java.util.regex.Pattern;

/**
 * Whether a definition speaks of an object: PostgreSQL writes names in full there.
 */
final class Mention {

	private Mention() {
	}

	static boolean isIn(String text, String name) {
		return Pattern.compile("(?<![\\w\".])" + Pattern.quote(name) + "(?![\\w\"])").matcher(text).find();
	}

}
