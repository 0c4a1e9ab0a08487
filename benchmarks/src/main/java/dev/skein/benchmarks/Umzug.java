package dev.skein.benchmarks;

import java.nio.file.Path;
import java.util.List;

/**
 * umzug, once for each service, in one Node process with one connection.
 *
 * @param node node
 * @param program {@code umzug.cjs}, beside its modules
 * @param version its version, with its name
 */
record Umzug(Path node, Path program, String version) implements Contestant {

	static Umzug of(Npm npm) {
		return new Umzug(npm.node(), npm.folder().resolve("umzug.cjs"),
				npm.versionOf("umzug") + " on " + npm.nodeVersion());
	}

	@Override
	public String id() {
		return "umzug";
	}

	@Override
	public String label() {
		return "umzug, one Node process";
	}

	@Override
	public List<String> command(Platform platform, Scenario scenario) {
		return List.of(this.node.toString(), this.program.toString(), platform.folder().toString());
	}

}
