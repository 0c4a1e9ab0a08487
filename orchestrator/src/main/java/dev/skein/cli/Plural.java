package dev.skein.cli;

/**
 * Numbers with their noun.
 */
final class Plural {

	private Plural() {
	}

	static String of(long number, String noun) {
		String plural = noun.endsWith("x") ? noun + "es" : noun + "s";
		return number + " " + ((number == 1) ? noun : plural);
	}

}
