package dev.skein.text;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Writes to a terminal or a file what it is given, and shows what either would obey as
 * {@link PrintableText} does. Only {@link #control} writes sequences that are meant to be
 * obeyed.
 */
public final class PrintableWriter extends PrintWriter {

	private final Writer unfiltered;

	/**
	 * Writes through the filter.
	 * @param target where to
	 */
	public PrintableWriter(Writer target) {
		super(new Filter(target));
		this.unfiltered = target;
	}

	/**
	 * Writes a sequence that the terminal is to obey.
	 * @param sequence a constant of Skein's, no text of other origin
	 */
	public void control(String sequence) {
		try {
			synchronized (this.lock) {
				this.unfiltered.write(sequence);
			}
		}
		catch (IOException ex) {
			setError();
		}
	}

	/**
	 * The same target without the filter.
	 * @return for texts that hold nothing but Skein's own words, with colours
	 */
	public PrintWriter ofConstants() {
		return new PrintWriter(this.unfiltered);
	}

	/**
	 * The filter, which keeps nothing back.
	 */
	private static final class Filter extends FilterWriter {

		Filter(Writer target) {
			super(target);
		}

		@Override
		public void write(int character) throws IOException {
			write(String.valueOf((char) character));
		}

		@Override
		public void write(char[] characters, int from, int length) throws IOException {
			write(new String(characters, from, length));
		}

		@Override
		public void write(String text, int from, int length) throws IOException {
			this.out.write(PrintableText.of(text.substring(from, from + length)));
		}

	}

}
