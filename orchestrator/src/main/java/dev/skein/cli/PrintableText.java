package dev.skein.cli;

/**
 * Text of others as it may be shown on a terminal: what a terminal would obey, such as an
 * escape sequence or a change of the direction of writing, is shown as its code.
 */
final class PrintableText {

	private PrintableText() {
	}

	/**
	 * The text with its line breaks and tabs, and nothing else that is not printed.
	 */
	static String of(String text) {
		String lines = text.replace("\r\n", "\n");
		StringBuilder shown = null;
		for (int i = 0; i < lines.length();) {
			int character = lines.codePointAt(i);
			boolean obeyed = isObeyed(character);
			if (obeyed && shown == null) {
				shown = new StringBuilder(lines.length() + 16).append(lines, 0, i);
			}
			if (shown != null) {
				shown.append(obeyed ? code(character) : Character.toString(character));
			}
			i += Character.charCount(character);
		}
		return (shown == null) ? lines : shown.toString();
	}

	private static boolean isObeyed(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL -> character != '\n' && character != '\t';
			case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
			// Those that change the direction; others join emoji.
			case Character.FORMAT -> character == 0x061C || (character >= 0x200E && character <= 0x200F)
					|| (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
			default -> false;
		};
	}

	private static String code(int character) {
		return String.format((character < 0x100) ? "\\x%02X" : "\\u%04X", character);
	}

}
