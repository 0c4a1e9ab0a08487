package dev.skein.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.skein.testing.CommandRun;
import dev.skein.testing.Page;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.ProgramRun;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What the page about the gate gives to services in other languages works as it stands.
 */
class GatePageTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	@Test
	void theFunctionGuardsAServiceInNode() throws Exception {
		guards("js", List.of("node"), "require('pg')", "-e");
	}

	@Test
	void theFunctionGuardsAServiceInPython() throws Exception {
		// Debian's packages are for Debian's interpreter, whichever comes first in PATH.
		guards("python", List.of("python3", "/usr/bin/python3"), "import psycopg2", "-c");
	}

	private void guards(String language, List<String> interpreters, String library, String option) throws Exception {
		String interpreter = null;
		for (String candidate : interpreters) {
			if (interpreter == null && runs(candidate, option, library)) {
				interpreter = candidate;
			}
		}
		String skipped = "skipped: no " + interpreters.get(0) + " here that knows: " + library;
		if (interpreter == null) {
			System.out.println(skipped);
		}
		assumeTrue(interpreter != null, skipped);
		Path script = Files.writeString(this.folder.resolve("service." + language),
				Page.read(Path.of("docs/gate.md")).blocks(language).get(0));

		PlatformFolder platform = new PlatformFolder(this.folder).service("user-auth")
			.migration("user-auth", "V002__a.sql", "SELECT 1;");
		migrate(platform);
		assertThat(answer(String.valueOf(interpreter), script.toString())).isEqualTo("""
				service "user-auth" is at version 002 in database "%s", but version 003 is required
				run: skein migrate --only user-auth
				exit code 1
				""".formatted(this.database.settings().database()));

		migrate(platform.migration("user-auth", "V010__b.sql", "SELECT 1;"));
		assertThat(answer(String.valueOf(interpreter), script.toString())).isEqualTo("""
				the schema is right
				exit code 0
				""");
	}

	private boolean runs(String... command) throws InterruptedException {
		try {
			return answer(command).endsWith("exit code 0\n");
		}
		catch (IOException ex) {
			return false;
		}
	}

	private String answer(String... command) throws IOException, InterruptedException {
		ProgramRun run = ProgramRun.on(this.database, Path.of("."), Map.of(), command);
		return run.shown() + "exit code " + run.code() + "\n";
	}

	private void migrate(PlatformFolder platform) {
		CommandRun.on(this.database, platform, "migrate").succeeded();
	}

}
