package dev.skein.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The script with modules that stand in for those from npm: a client that is open until
 * it is ended, and migrations that fail where the service is called bad.
 */
class UmzugScriptTests {

	@TempDir
	Path folder;

	@Test
	void endsWhenAMigrationFails() throws IOException {
		List<String> command = command("bad");
		assertThatExceptionOfType(BenchmarkException.class)
			.isThrownBy(() -> new Stopwatch(this.folder, Duration.ofMinutes(1)).measure(command, Map.of()))
			.withMessageStartingWith(
					"failed: " + String.join(" ", command) + "\n  Error: relation \"a\" already exists");
	}

	@Test
	void endsWhenAllMigrationsAreApplied() throws IOException {
		assertThat(new Stopwatch(this.folder, Duration.ofMinutes(1)).measure(command("good"), Map.of()).seconds())
			.isPositive();
	}

	private List<String> command(String service) throws IOException {
		assumeThat(Installed.onPath("node")).as("node, without which umzug is left out").isPresent();
		try (InputStream script = Npm.class.getResourceAsStream("umzug.cjs")) {
			Files.write(this.folder.resolve("umzug.cjs"), script.readAllBytes());
		}
		module("pg", """
				exports.Client = class {
				  async connect() { this.open = setInterval(() => {}, 1000) }
				  async query() { return { rows: [] } }
				  async end() { clearInterval(this.open) }
				}
				""");
		module("umzug", """
				exports.Umzug = class {
				  constructor(options) { this.folder = options.migrations.glob[1].cwd }
				  async up() { if (this.folder.endsWith('bad')) throw new Error('relation "a" already exists') }
				}
				""");
		Files.createDirectories(this.folder.resolve("services").resolve(service));
		return List.of("node", this.folder.resolve("umzug.cjs").toString(), this.folder.resolve("services").toString());
	}

	private void module(String name, String text) throws IOException {
		Path module = Files.createDirectories(this.folder.resolve("node_modules").resolve(name));
		Files.writeString(module.resolve("index.js"), text);
	}

}
