package dev.skein.benchmarks;

import java.nio.file.Path;
import java.util.List;

/**
 * Skein, through its launcher.
 *
 * @param launcher {@code scripts/skein}
 * @param isolation whether each service has a role of its own, {@code roles} or
 * {@code none}
 */
record Skein(Path launcher, String isolation) implements Contestant {

	@Override
	public String id() {
		return this.isolation.equals("roles") ? "skein" : "skein-" + this.isolation;
	}

	@Override
	public String label() {
		return this.isolation.equals("roles") ? "skein" : "skein --isolation " + this.isolation;
	}

	@Override
	public String version() {
		return Answer.of(this.launcher.toString(), "--version");
	}

	@Override
	public List<String> command(Platform platform, Scenario scenario) {
		return List.of(this.launcher.toString(), "migrate", "--services", platform.folder().toString(), "--no-builtin",
				"--isolation", this.isolation);
	}

}
