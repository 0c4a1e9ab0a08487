package dev.skein.catalog;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A file of SQL, read once.
 *
 * @param name its file name, which is the name Flyway records
 * @param location where it lies
 * @param text what it says, without a byte order mark
 * @param checksum Flyway's checksum of the text: a CRC32 over its lines without their
 * ends, so line ends and a final line break do not count
 */
public record SqlScript(String name, Location location, String text, int checksum) {

	/**
	 * A script with the checksum of its text.
	 * @param name its file name
	 * @param location where it lies
	 * @param text what it says, without a byte order mark
	 * @return the script
	 */
	public static SqlScript of(String name, Location location, String text) {
		return new SqlScript(name, location, text, checksum(text));
	}

	/**
	 * Its statements, read again from its text at each call.
	 * @return the statements in their order
	 */
	public List<SqlStatement> statements() {
		return SqlStatements.of(this.text);
	}

	/**
	 * The checksum that Flyway's {@code ChecksumCalculator} gives for this text.
	 */
	private static int checksum(String text) {
		CRC32 crc = new CRC32();
		text.lines().forEach((line) -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
		return (int) crc.getValue();
	}

}
