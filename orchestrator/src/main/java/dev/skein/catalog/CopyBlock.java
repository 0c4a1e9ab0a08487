package dev.skein.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;

/**
 * The rows below a {@code COPY ... FROM stdin} of a large file. They stay in the file,
 * and are read from there when they are sent to the server.
 */
public final class CopyBlock {

	private static final int PIECE = 1 << 16;

	private final FileContent file;

	private final int statementLine;

	private final int firstLine;

	private final int lines;

	private final long offset;

	private final long length;

	private final long checksum;

	/**
	 * The rows of one statement.
	 * @param file the file
	 * @param statementLine the line of the statement, counted from 1
	 * @param firstLine the line of the first row
	 * @param lines how many lines the rows have
	 * @param offset where the rows begin in the file, in bytes
	 * @param length how many bytes they are, with their line ends
	 * @param checksum a CRC32 of these bytes
	 */
	CopyBlock(FileContent file, int statementLine, int firstLine, int lines, long offset, long length, long checksum) {
		this.file = file;
		this.statementLine = statementLine;
		this.firstLine = firstLine;
		this.lines = lines;
		this.offset = offset;
		this.length = length;
		this.checksum = checksum;
	}

	/**
	 * The line on which the statement above the rows begins.
	 * @return the line, counted from 1
	 */
	public int statementLine() {
		return this.statementLine;
	}

	int firstLine() {
		return this.firstLine;
	}

	int lines() {
		return this.lines;
	}

	/**
	 * Reads the rows, piece by piece.
	 * @param reader gets each piece
	 * @param <E> what the reader throws
	 * @throws IOException if the file cannot be read, or its rows are not those that were
	 * checked when the run began
	 * @throws E if the reader threw it
	 */
	public <E extends Exception> void read(Reader<E> reader) throws IOException, E {
		CRC32 found = new CRC32();
		long left = this.length;
		try (InputStream stream = this.file.open()) {
			stream.skipNBytes(this.offset);
			byte[] piece = new byte[PIECE];
			for (int read = 0; left > 0 && read >= 0; left -= Math.max(read, 0)) {
				read = stream.read(piece, 0, (int) Math.min(PIECE, left));
				if (read > 0) {
					found.update(piece, 0, read);
					reader.accept(piece, read);
				}
			}
		}
		if (left > 0 || found.getValue() != this.checksum) {
			throw new IOException("the rows of COPY are not those that the file had when the run began");
		}
	}

	/**
	 * Adds the rows to Flyway's checksum of the file, which leaves line ends out.
	 */
	void addTo(CRC32 crc) {
		try {
			read((piece, count) -> {
				byte[] kept = new byte[count];
				int size = 0;
				for (int i = 0; i < count; i++) {
					if (piece[i] != '\n' && piece[i] != '\r') {
						kept[size++] = piece[i];
					}
				}
				crc.update(kept, 0, size);
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Gets the pieces of the rows in their order.
	 *
	 * @param <E> what it throws
	 */
	public interface Reader<E extends Exception> {

		/**
		 * One more piece.
		 * @param piece the bytes; used again for the next piece
		 * @param count how many of them count
		 * @throws E if the rows are refused
		 */
		void accept(byte[] piece, int count) throws E;

	}

}
