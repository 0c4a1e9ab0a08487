package dev.skein.gate;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The version that a service's own files bring it to, in the format that its manifest
 * names.
 */
class ServiceFilesTests {

	@TempDir
	Path folder;

	@ParameterizedTest
	@CsvSource({ "flyway, V1__a.sql V002__b.sql U003__b.sql R__c.sql 004_d.sql, 002",
			"plain, 001_a.sql 2-b.sql rollback_003_c.sql 4_d.down.sql, 2",
			"golang-migrate, 000001_a.up.sql 000002_b.up.sql 000003_c.down.sql 4_d.sql, 000002",
			"dbmate, 20240101000000_a.sql 20240102000000_b.sql, 20240102000000",
			"goose, 00001_a.sql 00002_b.sql, 00002",
			"diesel, 2024-01-01-000000_a/up.sql 2024-01-02-000000_b/up.sql 2024-01-03-000000_c/down.sql, 20240102000000",
			"sqlx, 1_a.sql 2_b.up.sql 3_c.down.sql, 2" })
	void isTheHighestOfTheFormat(String format, String files, String version) throws IOException {
		assertThat(highest(format, files)).isEqualTo(version);
	}

	@Test
	void isUnknownInAFormatThatIsNewer() {
		assertThatThrownBy(() -> highest("cuneiform", "1_a.sql")).isInstanceOf(ClosedGateException.class)
			.hasMessage("The schema gate does not know the format \"cuneiform\" in skein/pets/service.yml.");
	}

	private String highest(String format, String files) throws IOException {
		Path service = Files.createDirectories(this.folder.resolve("skein/pets"));
		Files.writeString(service.resolve("service.yml"), "service: pets\nformat: " + format + "\n");
		for (String file : files.split(" ", -1)) {
			Path path = service.resolve("migrations").resolve(file);
			Files.createDirectories(path.resolveSibling(""));
			Files.writeString(path, "SELECT 1;");
		}
		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.folder.toUri().toURL() }, null)) {
			return ServiceFiles.of("pets", new PathMatchingResourcePatternResolver(loader))
				.highestVersion()
				.orElseThrow()
				.text();
		}
	}

}
