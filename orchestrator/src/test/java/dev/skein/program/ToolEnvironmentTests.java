package dev.skein.program;

import java.nio.file.Path;
import java.util.Map;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Secret;
import dev.skein.testing.PlatformFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a foreign tool is told about its database.
 */
class ToolEnvironmentTests {

	@TempDir
	Path folder;

	@Test
	void anythingMayStandInAnAddress() {
		ConnectionSettings settings = new ConnectionSettings("::1", 5433, "my db", "deploy@team", new Secret("p:/ %ö"),
				Map.of("sslmode", "verify-full", "sslrootcert", "/ca.pem"), false);
		Map<String, String> environment = ToolEnvironment.of(
				service("schema: \"my shop\"", "statement_timeout: 2s", "run: [x]"), settings,
				Map.of("PATH", "/bin", "PGPASSFILE", "/secret", "PGOPTIONS", "-c role=admin"));
		assertThat(environment)
			.containsEntry("DATABASE_URL",
					"postgresql://deploy%40team:p%3A%2F%20%25%C3%B6@[::1]:5433/my%20db?sslmode=verify-full"
							+ "&sslrootcert=%2Fca.pem&options=-c%20search_path%3D%22my%5C%20shop%22%2Cextensions"
							+ "%20-c%20statement_timeout%3D2000")
			.containsEntry("PGOPTIONS", "-c search_path=\"my\\ shop\",extensions -c statement_timeout=2000")
			.containsEntry("PGSSLMODE", "verify-full")
			.containsEntry("PGPASSWORD", "p:/ %ö")
			.containsEntry("PATH", "/bin")
			.doesNotContainKey("PGPASSFILE");
	}

	@Test
	void withoutAPasswordTheUsersPasswordFileIsTheToolsToo() {
		ConnectionSettings settings = new ConnectionSettings("db", 5432, "app", "deploy", null, Map.of(), false);
		Map<String, String> environment = ToolEnvironment.of(service("run: [x]"), settings,
				Map.of("PGPASSFILE", "/mine"));
		assertThat(environment).containsEntry("PGPASSFILE", "/mine")
			.containsEntry("PGREQUIREAUTH", "!password,!md5")
			.containsEntry("DATABASE_URL",
					"postgresql://deploy@db:5432/app?options=-c%20search_path%3D%22shop%22%2Cextensions");
	}

	private ServiceDefinition service(String... lines) {
		return new PlatformFolder(this.folder).service("shop", lines)
			.catalog()
			.service(new ServiceName("shop"))
			.orElseThrow();
	}

}
