package dev.skein.catalog;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;

import dev.skein.testing.PlatformFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SeedFolderTests {

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawOneService() {
		this.platform = new PlatformFolder(this.folder).service("orders")
			.migration("orders", "V1__orders.sql", "CREATE TABLE orders (id int);");
	}

	@Test
	void readsTheSeedsOfEachProfileInTheOrderOfTheirNames() {
		this.platform.seed("orders", "development", "b.sql", "SELECT 2;")
			.seed("orders", "development", "a.sql", "SELECT 1;")
			.seed("orders", "development", "10.sql", "SELECT 10;")
			.seed("orders", "development", "9.sql", "SELECT 9;")
			.seed("orders", "load-test2", "B.sql", "SELECT 3;")
			.seed("orders", "development", "README.md", "no seed, and nobody minds")
			.seed("orders", "development", ".hidden", "")
			.seed("orders", ".git", "x.txt", "")
			.file("orders/seeds/README.md", "");
		ServiceCatalog catalog = this.platform.catalog();
		assertThat(catalog.problems()).isEmpty();
		assertThat(catalog.warnings()).isEmpty();
		assertThat(names(catalog))
			.isEqualTo(Map.of(
					"development", List.of("seeds/development/10.sql", "seeds/development/9.sql",
							"seeds/development/a.sql", "seeds/development/b.sql"),
					"load-test2", List.of("seeds/load-test2/B.sql")));
		Migration first = catalog.services().iterator().next().seeds(new ProfileName("development")).get(0);
		assertThat(first.description()).isEqualTo("10");
		assertThat(first.version()).isNull();
		assertThat(this.platform.relative(first.script().location().file()))
			.isEqualTo("orders/seeds/development/10.sql");
		assertThat(first.script().checksum()).isEqualTo(SqlScript.of("", Location.of(""), "SELECT 10;").checksum());
	}

	@Test
	void readsSeedsFromAJar() throws Exception {
		Path jar = this.folder.resolve("orders.jar");
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
			for (String name : List.of("skein/", "skein/orders/", "skein/orders/service.yml",
					"skein/orders/migrations/V1__orders.sql", "skein/orders/seeds/", "skein/orders/seeds/development/",
					"skein/orders/seeds/development/b.sql", "skein/orders/seeds/development/a.sql",
					"skein/orders/seeds/development/README.md")) {
				entry(out, name);
			}
		}
		try (URLClassLoader loader = new URLClassLoader(new URL[] { jar.toUri().toURL() }, null)) {
			ServiceCatalog catalog = CatalogReader.read(List.of(ServiceSource.classPath(loader)));
			assertThat(catalog.problems()).isEmpty();
			assertThat(names(catalog))
				.isEqualTo(Map.of("development", List.of("seeds/development/a.sql", "seeds/development/b.sql")));
			assertThat(catalog.services().iterator().next().versioned()).hasSize(1);
		}
	}

	@Test
	void reportsEverythingThatIsNoSeedAtOnce() throws IOException {
		this.platform.file("orders/seeds/users.sql", "")
			.seed("orders", "Dev", "a.sql", "")
			.seed("orders", "Dev", "b.sql", "")
			.seed("orders", "development", "users.csv", "")
			.seed("orders", "development", "users.SQL", "")
			.seed("orders", "development/old", "users.sql", "");
		Files.createDirectories(this.folder.resolve("orders/seeds/2nd"));
		assertProblems("""
				profile name "2nd" is not legal
				  at orders/seeds/2nd
				  use small letters, digits and hyphens, a letter first

				profile name "Dev" is not legal
				  at orders/seeds/Dev
				  use small letters, digits and hyphens, a letter first

				folder "old" is no seed
				  at orders/seeds/development/old
				  seeds are files NAME.sql, which run in the order of their names

				file "users.SQL" is no seed
				  at orders/seeds/development/users.SQL
				  seeds are files NAME.sql, which run in the order of their names

				file "users.csv" is no seed
				  at orders/seeds/development/users.csv
				  seeds are files NAME.sql, which run in the order of their names

				file "users.sql" belongs to no profile
				  at orders/seeds/users.sql
				  put it into the folder of one, such as seeds/development""");
	}

	@Test
	void objectsToASeedThatCannotRunInATransaction() {
		this.platform.seed("orders", "development", "a.sql", """
				-- VACUUM is no alarm here
				INSERT INTO orders VALUES (1);

				VACUUM orders;
				""").seed("orders", "development", "b.sql", "CREATE INDEX CONCURRENTLY ON orders (id);");
		assertThat(this.platform.catalog().problems()).isEmpty();
		assertThat(this.platform.objections()).isEqualTo("""
				statement "VACUUM" must run outside a transaction, but a seed runs inside one
				  at orders/seeds/development/a.sql:4
				  put it into a migration; seeds are for rows

				statement "CREATE INDEX CONCURRENTLY" must run outside a transaction, but a seed runs inside one
				  at orders/seeds/development/b.sql:1
				  put it into a migration; seeds are for rows""");
	}

	@Test
	void refusesASeedThatRequiresMoreThanItsService() {
		this.platform.seed("orders", "development", "a.sql", "-- words\n-- requires: users@003\nSELECT 1;");
		assertProblems("""
				seed "a.sql" requires "users@003", which only a migration can
				  at orders/seeds/development/a.sql:2
				  all services are migrated before; to read "users", add it to requires in service.yml""");
	}

	@Test
	void refusesSeedsOfAServiceThatHasNoMigrations() {
		this.platform.delete("orders/migrations/V1__orders.sql").seed("orders", "development", "a.sql", "SELECT 1;");
		assertProblems("""
				service "orders" has seeds but no migrations
				  at orders/service.yml
				  there is nothing to put their rows into: add the migrations that create its tables""");
	}

	@Test
	void reportsBytesThatAreNotUtf8() throws Exception {
		this.platform.seed("orders", "development", "a.sql", "");
		Files.write(this.folder.resolve("orders/seeds/development/a.sql"), new byte[] { 'a', (byte) 0xFF });
		assertProblems("""
				"orders/seeds/development/a.sql" is not UTF-8 text
				  at orders/seeds/development/a.sql
				  save it as UTF-8""");
	}

	@Test
	void objectsToASeedThatEndsItsTransactionItself() {
		this.platform.seed("orders", "development", "a.sql", "INSERT INTO orders VALUES (1);\nCOMMIT;\n");
		assertThat(this.platform.objections()).isEqualTo("""
				file "seeds/development/a.sql" ends its transaction itself, so it cannot be rolled back whole
				  at orders/seeds/development/a.sql:2
				  take BEGIN, COMMIT and ROLLBACK out: the file runs in one transaction anyway""");
	}

	private static void entry(JarOutputStream out, String name) throws IOException {
		out.putNextEntry(new JarEntry(name));
		if (name.endsWith(".yml")) {
			out.write("service: orders\n".getBytes(StandardCharsets.UTF_8));
		}
		out.closeEntry();
	}

	private static Map<String, List<String>> names(ServiceCatalog catalog) {
		return catalog.services()
			.iterator()
			.next()
			.seeds()
			.entrySet()
			.stream()
			.collect(Collectors.toMap((entry) -> entry.getKey().value(),
					(entry) -> entry.getValue().stream().map((file) -> file.script().name()).toList()));
	}

	private void assertProblems(String expected) {
		assertThat(this.platform.relative(
				this.platform.catalog().problems().stream().map(Problem::describe).collect(Collectors.joining("\n\n"))))
			.isEqualTo(expected);
	}

}
