package dev.skein.flyway;

import java.io.FilterReader;
import java.io.IOException;
import java.io.StringReader;

/**
 * A text for Flyway that fails when it is read past its end again and again, as Flyway
 * does in search of the end of the rows of {@code COPY}. Where that end is missing, the
 * file is refused before; this is for a text that Flyway takes for a {@code COPY} and
 * PostgreSQL does not.
 */
final class EndedReader extends FilterReader {

	/** Far more than a look ahead takes, and passed in a moment. */
	private static final int LOOKS_PAST_THE_END = 100_000;

	private int looks;

	EndedReader(String text) {
		super(new StringReader(text));
	}

	@Override
	public int read() throws IOException {
		return count(super.read());
	}

	@Override
	public int read(char[] buffer, int offset, int length) throws IOException {
		return count(super.read(buffer, offset, length));
	}

	private int count(int result) throws IOException {
		if (result < 0 && ++this.looks > LOOKS_PAST_THE_END) {
			throw new IOException("the file ends where Flyway expects a line \\. after the rows of COPY");
		}
		return result;
	}

}
