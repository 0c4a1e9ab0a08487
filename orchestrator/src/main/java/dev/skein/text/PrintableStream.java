package dev.skein.text;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A stream in UTF-8 whose text passes {@link PrintableText}: for libraries that write to
 * standard error by themselves, such as those for logging.
 */
public final class PrintableStream extends FilterOutputStream {

	private static final int LONGEST_CHARACTER = 4;

	/** The bytes of a character whose last ones were not written yet. */
	private byte[] begun = new byte[0];

	private PrintableStream(OutputStream target) {
		super(target);
	}

	/**
	 * A stream through the filter.
	 * @param target where to
	 * @return a stream that keeps nothing back but the first bytes of a character
	 */
	public static PrintStream to(OutputStream target) {
		return new PrintStream(new PrintableStream(target), true, StandardCharsets.UTF_8);
	}

	@Override
	public synchronized void write(int single) throws IOException {
		write(new byte[] { (byte) single }, 0, 1);
	}

	@Override
	public synchronized void write(byte[] bytes, int from, int length) throws IOException {
		byte[] all = new byte[this.begun.length + length];
		System.arraycopy(this.begun, 0, all, 0, this.begun.length);
		System.arraycopy(bytes, from, all, this.begun.length, length);
		int whole = endOfLastCharacter(all);
		this.begun = Arrays.copyOfRange(all, whole, all.length);
		this.out.write(
				PrintableText.of(new String(all, 0, whole, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Where the last character ends that is there with all its bytes.
	 */
	private static int endOfLastCharacter(byte[] bytes) {
		for (int back = 1; back < LONGEST_CHARACTER && back <= bytes.length; back++) {
			int single = bytes[bytes.length - back] & 0xFF;
			if (single < 0x80) {
				return bytes.length;
			}
			if (single >= 0xC0) {
				int needed = (single >= 0xF0) ? 4 : (single >= 0xE0) ? 3 : 2;
				return (back < needed) ? bytes.length - back : bytes.length;
			}
		}
		return bytes.length;
	}

}
