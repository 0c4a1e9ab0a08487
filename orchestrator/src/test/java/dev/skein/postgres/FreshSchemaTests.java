package dev.skein.postgres;

import java.nio.file.Path;
import java.util.List;

import dev.skein.testing.PlainFlyway;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class FreshSchemaTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	/**
	 * The day this fails, Flyway's table has changed.
	 */
	@Test
	void holdsTheHistoryThatFlywayWouldCreate() {
		PlatformFolder platform = new PlatformFolder(this.folder).service("ours")
			.migration("ours", "V1__one.sql", "SELECT 1;")
			.service("flyways")
			.migration("flyways", "V1__one.sql", "SELECT 1;");
		platform.catalog()
			.services()
			.stream()
			.filter((service) -> service.name().value().equals("ours"))
			.forEach((service) -> this.database.execute(FreshSchema.create(service, "CURRENT_USER")));
		PlainFlyway.on(this.database, platform, "flyways").migrate();
		assertThat(history("ours")).hasSizeGreaterThan(12).isEqualTo(history("flyways"));
	}

	@Test
	void isEmptyForAServiceWithoutFiles() {
		PlatformFolder platform = new PlatformFolder(this.folder).service("bare");
		platform.catalog()
			.services()
			.forEach((service) -> this.database.execute(FreshSchema.create(service, "CURRENT_USER")));
		assertThat(history("bare")).isEmpty();
	}

	private List<String> history(String schema) {
		return this.database.query("""
				SELECT concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
				    pg_get_expr(d.adbin, d.adrelid))
				FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
				WHERE a.attnum > 0 AND a.attrelid = to_regclass('%1$s.flyway_schema_history')
				UNION ALL
				SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
				WHERE conrelid = to_regclass('%1$s.flyway_schema_history')
				UNION ALL
				SELECT replace(indexdef, '%1$s.', '') FROM pg_indexes WHERE schemaname = '%1$s'
				ORDER BY 1""".formatted(schema));
	}

}
