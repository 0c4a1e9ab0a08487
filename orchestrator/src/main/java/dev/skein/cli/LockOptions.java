package dev.skein.cli;

import java.time.Duration;

/**
 * How to wait for the run lock, for commands that run no plan.
 */
final class LockOptions implements Options {

	Duration lockWait = Duration.ofMinutes(5);

	@Override
	public void declare(Arguments arguments) {
		arguments.option("--lock-wait", "TIME", "How long to wait for another run to end (default: ${DEFAULT-VALUE}).")
			.otherwise("5m")
			.as(Duration.class, (time) -> this.lockWait = time);
	}

}
