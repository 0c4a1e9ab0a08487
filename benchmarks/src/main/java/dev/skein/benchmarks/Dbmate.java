package dev.skein.benchmarks;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * dbmate, which knows one folder and one schema, once for each service.
 *
 * @param program dbmate itself, not the script of its package
 * @param version its version, with its name
 */
record Dbmate(Path program, String version) implements Contestant {

	private static final String LOOP = "set -e; for folder in \"$2\"/*; do name=${folder##*/}; "
			+ "DATABASE_URL=\"$BENCHMARK_URL&search_path=${name//-/_}\" "
			+ "\"$1\" --no-dump-schema --migrations-dir \"$folder\" migrate; done";

	static Dbmate of(Npm npm) {
		Path program = npm.module("@dbmate")
			.resolve(npm.ask("process.platform + '-' + process.arch"))
			.resolve("bin/dbmate");
		return new Dbmate(program, npm.versionOf("dbmate"));
	}

	@Override
	public String id() {
		return "dbmate";
	}

	@Override
	public String label() {
		return "dbmate, once per service";
	}

	@Override
	public List<String> command(Platform platform, Scenario scenario) {
		return List.of("bash", "-c", LOOP, "bash", this.program.toString(), platform.dbmateFolder().toString());
	}

	@Override
	public Map<String, String> environment(Address address) {
		Map<String, String> environment = new HashMap<>(address.environment());
		environment.put("BENCHMARK_URL", address.url());
		return environment;
	}

}
