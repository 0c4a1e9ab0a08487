package dev.skein.migration;

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

	@Override
	public String toString() {
		return "***";
	}

}
