package dev.skein.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.skein.testing.ArchivedServers;
import dev.skein.testing.CommandRun;
import dev.skein.testing.DumpableServer;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class CompareTests {

	private final TestDatabase staging = TestServer.freshDatabase();

	private final TestDatabase production = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void twoServices() {
		this.platform = new PlatformFolder(this.folder).service("stock", "tables: [stock]", "drift_ignore: [index *]")
			.migration("stock", "V001__stock.sql", "CREATE TABLE stock (id int PRIMARY KEY, room text NOT NULL);")
			.service("orders", "tables: [orders]")
			.migration("orders", "V001__orders.sql", "CREATE TABLE orders (id int);");
	}

	@Test
	void saysWhereBothAreTheSame() {
		migrate(this.staging);
		migrate(this.production);
		this.production.execute("CREATE INDEX ours ON stock.stock (room)");
		CommandRun run = compare("--exit-code");
		assertThat(run.code()).as(run.err() + run.out()).isZero();
		assertThat(run.out()).isEqualTo("""
				 SERVICE  HERE  THERE  SCHEMA
				 orders   001   001    same
				 stock    001   001    same
				Both sides are the same.
				""");
		assertThat(run.err())
			.isEqualTo("Database: " + identity(this.staging) + "\nAgainst:  " + identity(this.production) + "\n");
	}

	@Test
	void showsVersionsAndBothSidesOfEachObjectThatDiffers() {
		migrate(this.staging);
		migrate(this.production);
		this.production.execute("ALTER TABLE stock.stock ALTER room TYPE varchar(20), ADD note text;"
				+ " ALTER TABLE stock.stock DROP CONSTRAINT stock_pkey");
		this.platform.migration("orders", "V002__day.sql", "ALTER TABLE orders ADD day date;");
		migrate(this.staging);
		CommandRun run = compare("--exit-code");
		assertThat(run.code()).isEqualTo(4);
		assertThat(run.out()).isEqualTo("""
				 SERVICE  HERE  THERE           SCHEMA
				 orders   002   001, 1 pending  1 difference
				 stock    001   001             3 differences
				  only here  column orders.orders.day
				             date
				  only there column stock.stock.note
				             text
				  differs    column stock.stock.room
				             here:  text NOT NULL
				             there: character varying(20) NOT NULL
				  only here  constraint stock_pkey on stock.stock
				             PRIMARY KEY (id)
				2 of 2 services differ.
				""");
		assertThat(compare().code()).isZero();
		JsonNode json = compare("--output", "json").json();
		assertThat(json.propertyNames()).containsExactly("here", "there", "same", "notCompared", "services");
		assertThat(json.at("/services/0").toString())
			.isEqualTo("{\"service\":\"orders\",\"schema\":\"orders\",\"same\":false,"
					+ "\"here\":{\"current\":\"002\",\"pending\":[],\"state\":\"up-to-date\"},"
					+ "\"there\":{\"current\":\"001\",\"pending\":[{\"version\":\"002\",\"description\":\"day\","
					+ "\"script\":\"V002__day.sql\"}],\"state\":\"pending\"},"
					+ "\"differences\":[{\"object\":\"column orders.orders.day\",\"here\":\"date\",\"there\":null}]}");
	}

	@Test
	void leavesBothSidesAsTheyAre() {
		migrate(this.staging);
		CommandRun run = compare("--exit-code");
		assertThat(run.code()).isEqualTo(4);
		assertThat(run.out()).isEqualTo("""
				 SERVICE  HERE  THERE         SCHEMA
				 orders   001   -, 1 pending  1 difference
				 stock    001   -, 1 pending  1 difference
				  only here  schema orders
				  only here  schema stock
				2 of 2 services differ.
				""");
		assertThat(this.production.query("SELECT nspname FROM pg_namespace WHERE oid >= 16384")).isEmpty();
	}

	@Test
	void takesThePasswordOfTheOtherSideFromAFileOrTheEnvironmentOnly() throws Exception {
		String url = this.production.url();
		CommandRun argument = run(Map.of(), "--against", url.replace("://", "://me:secret@"));
		assertThat(argument.code()).isEqualTo(2);
		assertThat(argument.err()).isEqualTo("""
				Error: --against holds a password, which everybody on this machine can read
				  take it out, and set SKEIN_AGAINST_PASSWORD or use --against-password-file
				""");
		CommandRun same = run(Map.of(), "--against", this.staging.url(), "--against-user", "postgres");
		assertThat(same.code()).isEqualTo(2);
		assertThat(same.err()).endsWith("Error: both sides are the same database\n  name another one with --against\n");
		CommandRun spelt = run(Map.of(), "--against", this.staging.url().replace("127.0.0.1", "localhost"),
				"--against-user", "postgres");
		assertThat(spelt.err())
			.endsWith("Error: both sides are the same database\n  name another one with --against\n");
		CommandRun none = run(Map.of(), "--against", url + "_not_there", "--against-user", "postgres");
		assertThat(none.code()).isEqualTo(3);
		assertThat(none.err()).contains("Error: the database to compare with: ", """
				_not_there" does not exist
				  check --against, --against-user, and the password (SKEIN_AGAINST_PASSWORD or --against-password-file)
				""");
		Path file = Files.writeString(this.folder.resolve("secret"), "from-a-file\n");
		AgainstOptions options = new AgainstOptions();
		options.url = url;
		options.user = "reader";
		assertThat(options.settings(Map.of("SKEIN_AGAINST_PASSWORD", "from-the-environment")))
			.isEqualTo(this.production.as("reader", "from-the-environment").settings());
		options.passwordFile = file;
		assertThat(options.settings(Map.of("SKEIN_AGAINST_PASSWORD", "from-the-environment")))
			.isEqualTo(this.production.as("reader", "from-a-file").settings());
	}

	private void migrate(TestDatabase database) {
		CommandRun run = CommandRun.on(database, this.platform, "migrate");
		assertThat(run.code()).as(run.err() + run.out()).isZero();
	}

	/**
	 * Newer minor versions keep a number of their own among the options of columns.
	 */
	@EnabledIf("dev.skein.testing.ArchivedServers#areThere")
	@Test
	void findsNoDifferenceBetweenMinorVersions() throws IOException {
		assumeTrue(DumpableServer.installation().isPresent(), "no server is installed");
		TestDatabase installed = DumpableServer.freshDatabase();
		String major = installed.query("SELECT current_setting('server_version_num')::int / 10000").get(0);
		Path archive = ArchivedServers.archives()
			.stream()
			.filter((file) -> file.getFileName().toString().contains("-" + major + "."))
			.findFirst()
			.orElse(null);
		assumeTrue(archive != null, "no archive of PostgreSQL " + major);
		TestDatabase archived = ArchivedServers.freshDatabase(Objects.requireNonNull(archive));
		migrate(installed);
		migrate(archived);
		CommandRun run = CommandRun.on(installed, this.platform, "compare", "--exit-code", "--against", archived.url(),
				"--against-user", String.valueOf(archived.settings().user()));
		assertThat(run.code()).as(run.err() + run.out()).isZero();
		assertThat(run.out()).endsWith("Both sides are the same.\n");
	}

	private CommandRun compare(String... options) {
		List<String> all = new ArrayList<>(List.of("--against", this.production.url(), "--against-user",
				String.valueOf(this.production.settings().user())));
		all.addAll(List.of(options));
		return run(Map.of(), all.toArray(String[]::new));
	}

	private CommandRun run(Map<String, String> environment, String... options) {
		Map<String, String> variables = new HashMap<>(CommandRun.environment(this.staging));
		variables.putAll(environment);
		List<String> all = new ArrayList<>(
				List.of("compare", "--services", this.platform.root().toString(), "--no-builtin"));
		all.addAll(List.of(options));
		return CommandRun.skein(variables, "", all.toArray(String[]::new));
	}

	private static String identity(TestDatabase database) {
		return database.settings() + " as \"" + database.settings().user() + "\" (PostgreSQL "
				+ database.query("SHOW server_version").get(0).split(" ", 2)[0] + ")";
	}

}
