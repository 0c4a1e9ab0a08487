package dev.skein;

import java.util.stream.Stream;

/**
 * Does once what most starts do, so that the JVM can keep the classes which that takes:
 * migrates from nothing, finds nothing to do, and tells how far everything is. Run where
 * the start-up cache is made; the environment says which database.
 */
public final class Rehearsal {

	private Rehearsal() {
	}

	/**
	 * Runs the commands and ends the process with the first exit code that is not 0.
	 * @param arguments none
	 */
	public static void main(String[] arguments) {
		System.exit(Stream.of("migrate --create-database", "migrate", "migrate --output json", "status")
			.mapToInt((command) -> Skein.run(command.split(" ")))
			.filter((code) -> code != 0)
			.findFirst()
			.orElse(0));
	}

}
