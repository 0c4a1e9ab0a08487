package dev.skein.migration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A text that must never be printed. Its {@code toString} tells nothing.
 *
 * @param value the text itself
 */
public record Secret(String value) {

	private static final int BYTES = 32;

	/**
	 * A text that nobody can guess.
	 * @return 64 hexadecimal digits
	 */
	public static Secret random() {
		byte[] bytes = new byte[BYTES];
		new SecureRandom().nextBytes(bytes);
		return new Secret(HexFormat.of().formatHex(bytes));
	}

	/**
	 * What tells it from another without showing it.
	 * @return the SHA-256 digest of its UTF-8 bytes
	 */
	public byte[] digest() {
		try {
			return MessageDigest.getInstance("SHA-256").digest(this.value.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

	@Override
	public String toString() {
		return "***";
	}

}
