package dev.skein.catalog;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

/**
 * Reads a large file of SQL line by line. Of the rows below a
 * {@code COPY ... FROM stdin;} the text has the line ends only, so that lines keep their
 * numbers.
 */
final class LargeFile {

	private static final String END = "\\.";

	private final FileContent content;

	private final StringBuilder text = new StringBuilder();

	private final List<CopyBlock> blocks = new ArrayList<>();

	/** The statements before this place of the text, and its line, are read. */
	private int from;

	private int fromLine = 1;

	/** Whether the text behind that place has the word that a COPY needs. */
	private boolean mayCopy;

	private @Nullable OpenBlock open;

	private int lines;

	private LargeFile(FileContent content) {
		this.content = content;
	}

	/**
	 * Reads a file.
	 * @param name its file name
	 * @param location where it lies
	 * @return the file; {@code null} if rows of it do not end as Flyway wants it, so that
	 * the whole text is needed to say why
	 * @throws CharacterCodingException if it is not UTF-8
	 */
	static @Nullable SqlScript read(String name, Location location, FileContent content) throws IOException {
		LargeFile file = new LargeFile(content);
		return file.read() ? SqlScript.of(name, location, file.text.toString(), file.blocks) : null;
	}

	private boolean read() throws IOException {
		try (InputStream stream = new BufferedInputStream(this.content.open(), 1 << 16)) {
			long offset = 0;
			for (byte[] line = line(stream); line.length > 0; line = line(stream)) {
				String read = Utf8.strictly(line);
				this.lines++;
				if (this.open == null) {
					add((offset == 0) ? Utf8.withoutMark(read) : read, offset + line.length);
				}
				else if (read.trim().equals(END)) {
					end(this.open, read, offset);
				}
				else if (read.trim().startsWith(END)) {
					return false;
				}
				else {
					this.open.crc.update(line);
					this.text.append('\n');
				}
				offset += line.length;
			}
			return this.open == null;
		}
	}

	/** Only a line feed ends a line for Flyway. */
	private static byte[] line(InputStream stream) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = stream.read(); next >= 0; next = stream.read()) {
			line.write(next);
			if (next == '\n') {
				break;
			}
		}
		return line.toByteArray();
	}

	/**
	 * A line that is no row.
	 * @param next where the next line begins in the file
	 */
	private void add(String line, long next) {
		this.text.append(line);
		this.mayCopy |= line.toLowerCase(Locale.ROOT).contains("stdin");
		if (!this.mayCopy || line.indexOf(';') < 0) {
			return;
		}
		String unread = this.text.substring(this.from);
		SqlStatements reading = SqlStatements.read(unread);
		int complete = 0;
		for (StatementText statement : reading.texts()) {
			// What ends with the text lacks its semicolon.
			if (statement.end() < unread.length()) {
				complete = statement.end();
				if (CopyRows.follow(statement.statement())) {
					this.open = new OpenBlock(this.fromLine + statement.statement().line() - 1, this.lines + 1, next,
							new CRC32());
					return;
				}
			}
		}
		this.fromLine += (int) unread.substring(0, complete).chars().filter((sign) -> sign == '\n').count();
		this.from += complete;
		this.mayCopy = unread.substring(complete).toLowerCase(Locale.ROOT).contains("stdin");
	}

	private void end(OpenBlock block, String line, long offset) {
		this.blocks.add(new CopyBlock(this.content, block.statementLine, block.firstLine, this.lines - block.firstLine,
				block.offset, offset - block.offset, block.crc.getValue()));
		this.text.append(line);
		this.from = this.text.length();
		this.fromLine = this.lines + 1;
		this.mayCopy = false;
		this.open = null;
	}

	/**
	 * Rows whose end is not read yet.
	 */
	private record OpenBlock(int statementLine, int firstLine, long offset, CRC32 crc) {

	}

}
