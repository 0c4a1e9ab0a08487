package dev.skein.scaffold;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * What a migration does, in words and as a part of its file's name.
 *
 * @param line the words in one line
 * @param inFileName the same in small letters and digits, with _ between
 */
record Words(String line, String inFileName) {

	/** What Flyway's history keeps of a description. */
	private static final int LONGEST = 200;

	static Words of(String text) {
		String line = Normalizer.normalize(text, Normalizer.Form.NFC).replaceAll("[\\s\\p{Z}\\p{Cntrl}]+", " ").strip();
		String name = line.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{M}\\p{N}]+", "_").replaceAll("^_+|_+$", "");
		int length = name.getBytes(StandardCharsets.UTF_8).length;
		if (name.isEmpty()) {
			throw new RefusedScaffoldException(
					"\"" + line + "\" gives no name for a file: it has no letter and no digit",
					"nothing was written; say what the migration does, such as \"add user roles\"");
		}
		if (length > LONGEST) {
			throw new RefusedScaffoldException("the words give a file name of " + length + " bytes, more than the "
					+ LONGEST + " that a history keeps",
					"nothing was written; say it shorter, and the rest in the file");
		}
		return new Words(line, name);
	}

}
