package dev.skein.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

import dev.skein.migration.CannotStartException;
import dev.skein.migration.Secret;
import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import dev.skein.text.PrintableWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a command answers that could not do its work.
 */
class ErrorAnswerTests {

	@TempDir
	Path folder;

	@Test
	void isJsonWhereThatWasAskedForAlsoForWrongUsage() {
		CommandRun unknown = CommandRun.skein("status", "--output", "json", "--nonsense");
		assertThat(unknown.code()).isEqualTo(2);
		assertThat(unknown.json().toString()).isEqualTo(
				"{\"error\":{\"message\":\"Unknown option: '--nonsense'\",\"hint\":\"see skein status --help\"}}");
		CommandRun usage = CommandRun.skein("migrate", "--only", "core", "--target", "core@1", "--output=json");
		assertThat(usage.code()).isEqualTo(2);
		assertThat(usage.json().toString())
			.isEqualTo("{\"error\":{\"message\":\"--only and --target exclude each other\",\"hint\":null}}");
		CommandRun start = CommandRun.skein("status", "--url", "postgresql://localhost:1/app", "--output", "json");
		assertThat(start.code()).isEqualTo(3);
		assertThat(start.json().at("/error/message").asString())
			.isEqualTo("cannot use database \"app\" on localhost:1: connection refused");
		assertThat(start.json().at("/error/hint").asString())
			.isEqualTo("check host and port, or wait for the server with --wait 60s");
		assertThat(start.err()).contains("Error: cannot use database");
		assertThat(CommandRun.skein("status", "--url", "postgresql://localhost:1/app").out()).isEmpty();
	}

	@Test
	void namesEveryProblemOfAnInvalidCatalogInJson() {
		new PlatformFolder(this.folder).manifest("a", "service: a\nrequires: [b]\n");
		CommandRun run = CommandRun.skein("plan", "--no-builtin", "--services", this.folder.toString(), "--output",
				"json");
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.json().at("/error/message").asString())
			.contains("service \"a\" requires \"b\", but no service of that name was found");
	}

	@Test
	void saysErrorOnce() {
		CommandRun run = failing(new CannotStartException("Error: error: the tool failed", "see its log", null));
		assertThat(run).isEqualTo(new CommandRun(3, "", "Error: the tool failed\n  see its log\n"));
	}

	@Test
	void namesAFullDiskAndNoFaultOfSkeins() {
		CommandRun run = failing(
				new UncheckedIOException(new IOException("/var/skein/postgres: No space left on device")));
		assertThat(run).isEqualTo(new CommandRun(3, "", """
				Error: no space is left on the disk: /var/skein/postgres: No space left on device
				  make room there, then run the command again
				"""));
	}

	@Test
	void aDryRunSaysThatTheRunWouldBeRefused() {
		TestDatabase database = TestServer.freshDatabase();
		PlatformFolder platform = new PlatformFolder(this.folder).service("stock", "tables: [stock]")
			.migration("stock", "V1__stock.sql", "CREATE TABLE stock (id int);");
		CommandRun.on(database, platform, "migrate").succeeded();
		platform.migration("stock", "V1__stock.sql", "CREATE TABLE stock (id bigint);");
		CommandRun run = CommandRun.on(database, platform, "migrate", "--dry-run");
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.err()).contains("Refused: stock: \"V1__stock.sql\" was edited");
		assertThat(run.out()).isEqualTo("The run would be refused, and nothing would be applied.\n");
	}

	@Test
	void aDryRunOfResetShowsWhatWouldBeLostAndDropsNothing() {
		TestDatabase database = TestServer.freshDatabase();
		PlatformFolder platform = new PlatformFolder(this.folder).service("stock", "tables: [stock]")
			.migration("stock", "V1__stock.sql", "CREATE TABLE stock (id int);");
		CommandRun.on(database, platform, "migrate").succeeded();
		database.execute("INSERT INTO stock.stock VALUES (1)");
		CommandRun run = CommandRun.on(database, platform, "reset", "--dry-run").succeeded();
		assertThat(run.err()).contains("Drops everything in these schemas:", "stock");
		assertThat(run.out()).contains("V1__stock.sql");
		assertThat(database.query("SELECT id FROM stock.stock")).containsExactly("1");
	}

	@Test
	void aCommandThatOnlyReadsCreatesNoDatabase() {
		CommandRun run = CommandRun.skein("status", "--create-database");
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).startsWith("Error: Unknown option: '--create-database'");
	}

	@Test
	void theEmbeddedDatabaseThatIsNamedIsThere() throws IOException {
		CommandRun.skein("database", "start").succeeded();
		try {
			CommandRun.skein(Map.of(), "", "status").succeeded();
			CommandRun run = CommandRun.skein("database", "start").succeeded();
			String port = run.out().replaceAll("(?s).* -p (\\d+) .*", "$1");
			String user = run.out().replaceAll("(?s).* -U (\\S+) .*", "$1");
			String server = "postgresql://127.0.0.1:" + port + "/";
			Secret password = new Secret(
					Files.readString(CommandRun.HOME.resolve("pgpass-18")).strip().split(":", -1)[4]);
			assertThat(drop(server, user, password)).isTrue();
			CommandRun.skein("database", "start").succeeded();
			CommandRun
				.skein(Map.of("SKEIN_PASSWORD", password.value()), "", "status", "--url", server + "skein", "--user",
						user)
				.succeeded();
		}
		finally {
			CommandRun.skein("database", "stop").succeeded();
		}
	}

	private static boolean drop(String server, String user, Secret password) {
		TestDatabase database = new TestDatabase(
				DatabaseUrl.parse(server + "postgres", "a test").withUser(user, password));
		database.execute("DROP DATABASE IF EXISTS skein WITH (FORCE)");
		return database.query("SELECT count(*) FROM pg_database WHERE datname = 'skein'").contains("0");
	}

	/**
	 * A command whose embedded server does not start.
	 */
	private CommandRun failing(RuntimeException failure) {
		Backend backend = (Backend) Proxy.newProxyInstance(Backend.class.getClassLoader(),
				new Class<?>[] { Backend.class }, (proxy, method, arguments) -> {
					throw failure;
				});
		StringWriter out = new StringWriter();
		StringWriter err = new StringWriter();
		int code = CommandLineFace.run(new String[] { "database", "start" }, backend,
				new Surroundings(new PrintableWriter(out), new PrintableWriter(err),
						new BufferedReader(new StringReader("")), Map.of(), false, List.of(), this.folder,
						() -> LocalDateTime.MIN));
		return new CommandRun(code, out.toString(), err.toString());
	}

}
