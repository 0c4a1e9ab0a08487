package dev.skein.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.skein.testing.CommandRun;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The example of a platform with tools in Node and Python works as it stands.
 */
class ForeignToolExampleTests {

	private static final Path EXAMPLE = Path.of("../examples/foreign-tools");

	private final TestDatabase database = TestServer.freshDatabase();

	@Test
	void aServiceInNodeAndOneInPythonAreMigratedInTheirOrder() throws Exception {
		assumeNode();
		Map<String, String> environment = new HashMap<>(CommandRun.environment(this.database));
		environment.put("PATH", pathWithPsycopg());

		CommandRun run = skein(environment, "migrate");
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(run.err()).contains("accounts | > node-pg-migrate up --schema accounts\n",
				"billing | applying 0001_create_invoices.sql\n");
		assertThat(this.database.tables()).containsExactly("accounts.accounts", "accounts.pgmigrations",
				"billing.applied_files", "billing.invoices");

		CommandRun again = skein(environment, "migrate");
		assertThat(again.out()).endsWith(" is up to date: 3 services, 4 of 4 promised tables found, none unexpected\n");
		assertThat(again.err()).contains("accounts | No migrations to run!\n").doesNotContain("billing | ");
		assertThat(this.database.query("SELECT service || ' ' || filename FROM skein.schema_migrations ORDER BY id"))
			.containsExactly("accounts npm run migrate", "billing python3 migrate.py",
					"reports V001__create_revenue.sql", "accounts npm run migrate");
	}

	private static CommandRun skein(Map<String, String> environment, String command) {
		return CommandRun.skein(environment, "", command, "--services", EXAMPLE.toString(), "--no-builtin");
	}

	private static void assumeNode() throws Exception {
		require(runs("npm", "--version"), "no npm here");
		require(Files.isDirectory(EXAMPLE.resolve("accounts/node_modules/node-pg-migrate")),
				"node-pg-migrate is not installed: npm install --ignore-scripts --prefix examples/foreign-tools/accounts");
	}

	/**
	 * Debian's packages are for Debian's interpreter, whichever comes first in PATH.
	 */
	private static String pathWithPsycopg() throws Exception {
		String path = System.getenv("PATH");
		for (String interpreter : List.of("python3", "/usr/bin/python3")) {
			if (runs(interpreter, "-c", "import psycopg2")) {
				return interpreter.contains("/") ? "/usr/bin:" + path : path;
			}
		}
		require(false, "no python3 here that knows psycopg2");
		return path;
	}

	private static boolean runs(String... command) throws InterruptedException {
		try {
			return new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void require(boolean condition, String reason) {
		if (!condition) {
			System.out.println("skipped: the example of foreign tools was not run: " + reason);
		}
		assumeTrue(condition, reason);
	}

}
