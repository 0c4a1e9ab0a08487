package dev.skein.cli;

import java.time.Duration;

import picocli.CommandLine.Option;

/**
 * How to wait for the run lock, for commands that run no plan.
 */
final class LockOptions {

	@Option(names = "--lock-wait", paramLabel = "TIME", defaultValue = "5m",
			description = "How long to wait for another run to end (default: ${DEFAULT-VALUE}).")
	Duration lockWait = Duration.ofMinutes(5);

}
