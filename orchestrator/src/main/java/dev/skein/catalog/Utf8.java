package dev.skein.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads text strictly: a byte that is not UTF-8 is a problem, never a question mark in
 * somebody's data.
 */
final class Utf8 {

	private Utf8() {
	}

	static @Nullable String decode(String file, byte[] bytes, List<Problem> problems) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			problems
				.add(new CatalogProblem(Location.of(file), "\"" + file + "\" is not UTF-8 text", "save it as UTF-8"));
			return null;
		}
	}

}
