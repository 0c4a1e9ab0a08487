package dev.skein.cli;

import java.time.Duration;

import picocli.CommandLine.Option;

/**
 * Which database, and what to do where it is not there.
 */
final class DatabaseOptions extends AddressOptions {

	@Option(names = "--wait", paramLabel = "TIME", defaultValue = "0s",
			description = "How long to wait for a server that does not answer yet (default: ${DEFAULT-VALUE}).")
	Duration wait = Duration.ZERO;

	@Option(names = "--create-database", description = "Create the database where it does not exist.")
	boolean createDatabase;

}
