package dev.skein.benchmarks;

import java.nio.file.Path;
import java.util.List;

/**
 * One session that runs the same SQL, each file in its transaction, and knows beforehand
 * what is to be done: the floor, as long as the server is near. Where nothing is pending
 * it looks once into each schema.
 *
 * @param program psql
 */
record Psql(Path program) implements Contestant {

	static final String ID = "psql";

	static Psql find() {
		return new Psql(Installed.postgres("psql")
			.orElseThrow(() -> new BenchmarkException("psql is not installed (Debian: postgresql-client)")));
	}

	@Override
	public String id() {
		return ID;
	}

	@Override
	public String label() {
		return "psql, one session";
	}

	@Override
	public String version() {
		return "psql " + Answer.of(this.program.toString(), "--version").replaceAll("[^\\d]*([\\d.]+).*", "$1");
	}

	@Override
	public List<String> command(Platform platform, Scenario scenario) {
		return List.of(this.program.toString(), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1",
				"--file=" + platform.script(scenario));
	}

}
