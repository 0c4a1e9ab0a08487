package dev.skein.catalog;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A file of SQL, read once.
 *
 * @param name its file name, which is the name Flyway records
 * @param location where it lies
 * @param text what it says, without a byte order mark; of the rows that stay in the file
 * the line ends only
 * @param checksum Flyway's checksum of the file: a CRC32 over its lines without their
 * ends, so line ends and a final line break do not count
 * @param rows of a large file the rows of each {@code COPY ... FROM stdin} in their
 * order, which stay in the file; empty for any other
 */
public record SqlScript(String name, Location location, String text, int checksum, List<CopyBlock> rows) {

	public SqlScript {
		rows = List.copyOf(rows);
	}

	/**
	 * A script with the checksum of its text.
	 * @param name its file name
	 * @param location where it lies
	 * @param text what it says, without a byte order mark
	 * @return the script
	 */
	public static SqlScript of(String name, Location location, String text) {
		return of(name, location, text, List.of());
	}

	static SqlScript of(String name, Location location, String text, List<CopyBlock> rows) {
		return new SqlScript(name, location, text, checksum(text, rows), rows);
	}

	/**
	 * The same file with a text of as many lines, and that text's checksum.
	 */
	SqlScript with(String changed) {
		return of(this.name, this.location, changed, this.rows);
	}

	/**
	 * Its statements, read again from its text at each call.
	 * @return the statements in their order
	 */
	public List<SqlStatement> statements() {
		return SqlStatements.of(this.text);
	}

	/**
	 * The text for a person: one line says how many rows stay in the file.
	 * @return the text
	 */
	public String shown() {
		if (this.rows.isEmpty()) {
			return this.text;
		}
		StringBuilder shown = new StringBuilder();
		int begin = 0;
		int line = 1;
		for (CopyBlock block : this.rows) {
			int end = begin;
			for (; line < block.firstLine(); line++) {
				end = this.text.indexOf('\n', end) + 1;
			}
			shown.append(this.text, begin, end).append("-- ").append(block.lines()).append(" rows\n");
			line += block.lines();
			begin = end + block.lines();
		}
		return shown.append(this.text.substring(begin)).toString();
	}

	/**
	 * The checksum that Flyway's {@code ChecksumCalculator} gives for this file.
	 */
	private static int checksum(String text, List<CopyBlock> rows) {
		CRC32 crc = new CRC32();
		int begin = 0;
		int line = 1;
		for (CopyBlock block : rows) {
			int end = begin;
			for (; line < block.firstLine(); line++) {
				end = text.indexOf('\n', end) + 1;
			}
			add(text.substring(begin, end), crc);
			block.addTo(crc);
			begin = end;
		}
		add(text.substring(begin), crc);
		return (int) crc.getValue();
	}

	private static void add(String text, CRC32 crc) {
		text.lines().forEach((line) -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
	}

}
