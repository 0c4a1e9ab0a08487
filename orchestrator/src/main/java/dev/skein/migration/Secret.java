package dev.skein.migration;

/**
 * A text that must never be printed. Its {@code toString} tells nothing.
 *
 * @param value the text itself
 */
public record Secret(String value) {

	@Override
	public String toString() {
		return "***";
	}

}
