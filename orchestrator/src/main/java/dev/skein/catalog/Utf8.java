package dev.skein.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads text strictly: a byte that is not UTF-8 is a problem, never a question mark in
 * somebody's data. The mark with which some editors begin a file is no part of the text,
 * and Flyway's checksums leave it out, too.
 */
final class Utf8 {

	/** What stands for a byte that is not UTF-8. */
	private static final char REPLACEMENT = '\uFFFD';

	private static final Pattern MARK = Pattern.compile("^\uFEFF+");

	private Utf8() {
	}

	static @Nullable String decode(String file, byte[] bytes, List<Problem> problems) {
		try {
			String text = new String(bytes, StandardCharsets.UTF_8);
			if (text.indexOf(REPLACEMENT) >= 0) {
				// It may stand there, too. The decoder that tells takes twice as long.
				StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			}
			return text.startsWith("\uFEFF") ? MARK.matcher(text).replaceFirst("") : text;
		}
		catch (CharacterCodingException ex) {
			problems
				.add(new CatalogProblem(Location.of(file), "\"" + file + "\" is not UTF-8 text", "save it as UTF-8"));
			return null;
		}
	}

}
