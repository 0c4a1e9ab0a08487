package dev.skein.catalog;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A file of SQL, read once.
 *
 * @param name its file name, which is the name Flyway records
 * @param location where it lies
 * @param text what it says
 * @param checksum Flyway's checksum of the text: a CRC32 over its lines without their
 * ends, so line ends and a final line break do not count
 */
public record SqlScript(String name, Location location, String text, int checksum) {

	SqlScript(String name, Location location, String text) {
		this(name, location, text, checksum(text));
	}

	/**
	 * The checksum that Flyway's {@code ChecksumCalculator} gives for this text.
	 */
	private static int checksum(String text) {
		CRC32 crc = new CRC32();
		String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
		withoutMark.lines().forEach((line) -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
		return (int) crc.getValue();
	}

}
