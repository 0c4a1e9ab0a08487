package dev.skein.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Tells why a command ended without a result: people on standard error, and programs that
 * asked for JSON on standard output, too.
 */
final class ErrorPrinter {

	/** What tools and servers put before their own messages. */
	private static final Pattern PREFIX = Pattern.compile("^(?:error:\\s*)+", Pattern.CASE_INSENSITIVE);

	private final Surroundings surroundings;

	private final boolean json;

	ErrorPrinter(Surroundings surroundings, String... arguments) {
		this.surroundings = surroundings;
		this.json = isJsonAsked(arguments);
	}

	/**
	 * The arguments may be what is wrong, so nobody has read them yet.
	 */
	private static boolean isJsonAsked(String... arguments) {
		boolean json = false;
		for (int i = 0; i < arguments.length; i++) {
			if (arguments[i].equals("--output") && i + 1 < arguments.length) {
				json = arguments[i + 1].equalsIgnoreCase("json");
			}
			else if (arguments[i].startsWith("--output=")) {
				json = arguments[i].substring("--output=".length()).equalsIgnoreCase("json");
			}
		}
		return json;
	}

	void error(String message, @Nullable String hint) {
		error(message, hint, (err) -> {
		});
	}

	/**
	 * Tells an error.
	 * @param suggestions prints what may have been meant, before the hint
	 */
	void error(String message, @Nullable String hint, Consumer<PrintWriter> suggestions) {
		String plain = PREFIX.matcher(message).replaceFirst("");
		this.surroundings.say("Error: " + plain);
		suggestions.accept(this.surroundings.err());
		if (hint != null) {
			this.surroundings.say("  " + hint);
		}
		print(plain, hint);
	}

	/**
	 * Tells what is wrong with files, each problem with its place.
	 */
	void invalid(String problems) {
		this.surroundings.say(problems + "\n\nNothing was touched.");
		print(problems, "nothing was touched");
	}

	/**
	 * Tells a fault of Skein itself.
	 */
	void unexpected(Exception failure) {
		error("unexpected: " + failure, "this is a fault of Skein's, report it with these lines",
				failure::printStackTrace);
	}

	private void print(String message, @Nullable String hint) {
		if (this.json) {
			OutputOptions.print(this.surroundings, new Answer(new Failure(message, hint)));
		}
	}

	/**
	 * The answer as JSON.
	 */
	record Answer(Failure error) {

	}

	/**
	 * Why there is no result.
	 */
	record Failure(String message, @Nullable String hint) {

	}

}
