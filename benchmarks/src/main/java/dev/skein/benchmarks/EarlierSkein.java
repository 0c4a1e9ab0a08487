package dev.skein.benchmarks;

import java.nio.file.Path;
import java.util.List;

/**
 * Skein of another checkout, so that two builds can be compared in the same rounds.
 *
 * @param launcher its {@code scripts/skein}
 * @param commit what git says of the checkout, or its folder's name
 */
record EarlierSkein(Path launcher, String commit) implements Contestant {

	static final String ID = "against";

	static Path launcher(Path home) {
		return home.resolve("scripts/skein").toAbsolutePath().normalize();
	}

	/**
	 * Builds it, if need be.
	 * @param home the checkout
	 * @return the contestant
	 * @throws BenchmarkException if it cannot be built
	 */
	static EarlierSkein in(Path home) {
		Path launcher = launcher(home);
		Answer.of(launcher.toString(), "--version");
		return new EarlierSkein(launcher, commit(home));
	}

	private static String commit(Path home) {
		try {
			return Answer.of("git", "-C", home.toString(), "describe", "--always", "--dirty");
		}
		catch (BenchmarkException ex) {
			return home.toAbsolutePath().normalize().getFileName().toString();
		}
	}

	@Override
	public String id() {
		return ID;
	}

	@Override
	public String label() {
		return "skein at " + this.commit;
	}

	@Override
	public String version() {
		return label();
	}

	@Override
	public List<String> command(Platform platform, Scenario scenario) {
		return new Skein(this.launcher, "roles").command(platform, scenario);
	}

}
