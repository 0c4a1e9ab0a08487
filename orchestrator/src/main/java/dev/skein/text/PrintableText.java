package dev.skein.text;

/**
 * Text as it may be shown on a terminal: what a terminal would obey, such as an escape
 * sequence or a change of the direction of writing, is shown as its code. The code is
 * that of JSON, so that JSON which passes here says the same as before.
 */
public final class PrintableText {

	private PrintableText() {
	}

	/**
	 * The text with its line breaks and tabs, and nothing else that is not printed.
	 * @param text any text
	 * @return the text, those of Windows as plain line breaks
	 */
	public static String of(String text) {
		return shown(text.replace("\r\n", "\n"), true);
	}

	/**
	 * A name as it may be shown within a line: line breaks and tabs are shown as their
	 * codes, too.
	 * @param name any text
	 * @return one line
	 */
	public static String line(String name) {
		return shown(name, false);
	}

	/**
	 * Whether a name holds nothing that a terminal would obey, and no line break or tab.
	 * @param name any text
	 * @return {@code true} if {@link #line} leaves it as it is
	 */
	public static boolean isLine(String name) {
		return line(name).equals(name);
	}

	/**
	 * The code that is shown for a character.
	 * @param character the character, none beyond U+FFFF
	 * @return six characters
	 */
	public static String code(int character) {
		return String.format("\\u%04X", character);
	}

	static String shown(String text, boolean layout) {
		StringBuilder shown = null;
		for (int i = 0; i < text.length();) {
			int character = text.codePointAt(i);
			boolean obeyed = isObeyed(character) && !(layout && (character == '\n' || character == '\t'));
			if (obeyed && shown == null) {
				shown = new StringBuilder(text.length() + 16).append(text, 0, i);
			}
			if (shown != null) {
				shown.append(obeyed ? code(character) : Character.toString(character));
			}
			i += Character.charCount(character);
		}
		return (shown == null) ? text : shown.toString();
	}

	private static boolean isObeyed(int character) {
		if (character >= ' ' && character <= '~') {
			return false;
		}
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
				true;
			// Those that change the direction; others join emoji.
			case Character.FORMAT -> character == 0x061C || (character >= 0x200E && character <= 0x200F)
					|| (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
			default -> false;
		};
	}

}
