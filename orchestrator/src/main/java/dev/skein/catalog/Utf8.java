package dev.skein.catalog;

import java.io.IOException;
import java.io.InputStream;
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
			return withoutMark(strictly(bytes));
		}
		catch (CharacterCodingException ex) {
			problems.add(problem(file));
			return null;
		}
	}

	/**
	 * The script of a file, of which the rows of {@code COPY} stay in the file where it
	 * is large.
	 * @param name its file name
	 * @return {@code null} if it cannot be read, which is a problem
	 */
	static @Nullable SqlScript script(String name, ServiceFolder.Entry entry, List<Problem> problems) {
		Location location = Location.of(entry.path());
		byte[] bytes = entry.content();
		if (entry.large() != null) {
			try {
				SqlScript large = LargeFile.read(name, location, entry.large());
				if (large != null) {
					return large;
				}
				try (InputStream stream = entry.large().open()) {
					bytes = stream.readAllBytes();
				}
			}
			catch (CharacterCodingException ex) {
				problems.add(problem(entry.path()));
				return null;
			}
			catch (IOException ex) {
				problems.add(DirectorySource.unreadable(entry.path(), ex));
				return null;
			}
		}
		String text = decode(entry.path(), bytes, problems);
		return (text == null) ? null : SqlScript.of(name, location, text);
	}

	static String strictly(byte[] bytes) throws CharacterCodingException {
		String text = new String(bytes, StandardCharsets.UTF_8);
		if (text.indexOf(REPLACEMENT) >= 0) {
			// It may stand there, too. The decoder that tells takes twice as long.
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
		}
		return text;
	}

	static String withoutMark(String text) {
		return text.startsWith("\uFEFF") ? MARK.matcher(text).replaceFirst("") : text;
	}

	private static CatalogProblem problem(String file) {
		return new CatalogProblem(Location.of(file), "\"" + file + "\" is not UTF-8 text", "save it as UTF-8");
	}

}
