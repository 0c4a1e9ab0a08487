package dev.skein;

import java.util.List;
import java.util.stream.Stream;

/**
 * Does once what most starts do, so that the JVM can keep the classes which that takes:
 * migrates from nothing, finds nothing to do, and tells how far everything is. Run where
 * the start-up cache is made, with whatever says which database.
 */
public final class Rehearsal {

	private static final List<List<String>> COMMANDS = List.of(List.of("migrate", "--create-database"),
			List.of("migrate"), List.of("migrate", "--output", "json"), List.of("status"));

	private Rehearsal() {
	}

	/**
	 * Runs the commands and ends the process with the first exit code that is not 0.
	 * @param arguments the options that all of them get
	 */
	public static void main(String[] arguments) {
		int code = 0;
		for (List<String> command : COMMANDS) {
			code = (code == 0)
					? Skein.run(Stream.of(command, List.of(arguments)).flatMap(List::stream).toArray(String[]::new))
					: code;
		}
		System.exit(code);
	}

}
