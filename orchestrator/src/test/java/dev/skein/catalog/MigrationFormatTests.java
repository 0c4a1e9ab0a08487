package dev.skein.catalog;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import dev.skein.testing.PlatformFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationFormatTests {

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawNothing() {
		this.platform = new PlatformFolder(this.folder);
	}

	@Test
	void readsPlainNamesOfEveryKindInTheOrderOfTheirNumbers() {
		this.platform.service("a", "format: plain")
			.migration("a", "20251201_add_user_roles.sql", "")
			.migration("a", "001_core_tables.sql", "")
			.migration("a", "2025103001-create-x.sql", "")
			.migration("a", "20251105-add-skip-fields.sql", "")
			.migration("a", "rollback_001_core_tables.sql", "")
			.migration("a", "rollback_20251105-add-skip-fields.sql", "");
		assertThat(problems()).isEmpty();
		assertThat(migrations()).containsExactly("001 core tables", "20251030.01 create-x", "20251105 add-skip-fields",
				"20251201 add user roles");
		assertThat(service().undo().keySet()).containsExactlyInAnyOrder(Version.of("1"), Version.of("20251105"));
	}

	@Test
	void countsByDatesAsTheNamesAreSorted() {
		this.platform.service("a", "format: plain")
			.migration("a", "20251105-e.sql", "")
			.migration("a", "2025110501-f.sql", "")
			.migration("a", "20251104093000_d.sql", "")
			.migration("a", "2025103002-b.sql", "")
			.migration("a", "2025103001-a.sql", "")
			.migration("a", "20251031_01-c.sql", "")
			.migration("a", "20251106_12_factors.sql", "")
			.migration("a", "rollback_2025103001-a.sql", "");
		assertThat(problems()).isEmpty();
		assertThat(migrations()).containsExactly("20251030.01 a", "20251030.02 b", "20251031.01 c", "20251104.093000 d",
				"20251105 e", "20251105.01 f", "20251106 12 factors");
		assertThat(service().undo().keySet()).containsExactly(Version.of("20251030.01"));
	}

	@Test
	void takesALongNumberForADateOnlyWhereItIsOne() {
		this.platform.service("a", "format: plain")
			.migration("a", "2025990001_a.sql", "")
			.migration("a", "1000000001_b.sql", "")
			.service("b")
			.migration("b", "V2025103001__a.sql", "");
		assertThat(this.platform.catalog().services().stream().flatMap((one) -> one.versioned().stream()))
			.extracting((file) -> String.valueOf(file.version()))
			.containsExactlyInAnyOrder("2025990001", "1000000001", "2025103001");
	}

	@Test
	void namesTheFormatThatAFileLooksLike() {
		this.platform.service("a")
			.migration("a", "001_core_tables.sql", "")
			.migration("a", "notes.txt", "")
			.service("b", "format: plain")
			.migration("b", "V1__core.sql", "");
		assertThat(problems()).isEqualTo("""
				file "001_core_tables.sql" is no migration
				  at a/migrations/001_core_tables.sql
				  looks like plain: add format: plain to service.yml

				file "notes.txt" is no migration
				  at a/migrations/notes.txt
				  names are V001__what_it_does.sql, U001__what_it_undoes.sql or R__what_it_defines.sql

				file "V1__core.sql" is no migration
				  at b/migrations/V1__core.sql
				  looks like flyway: write format: flyway in service.yml""");
	}

	@Test
	void refusesAFormatThatDoesNotExist() {
		this.platform.service("a", "format: plan")
			.migration("a", "001_core_tables.sql", "")
			.service("b", "format: 1")
			.service("c", "format: liquibase", "requires: [a]");
		assertThat(problems()).isEqualTo("""
				format "plan" is unknown
				  at a/service.yml:2
				  did you mean "plain"?

				"format" must be text, not a number
				  at b/service.yml:2
				  put it in quotes

				format "liquibase" is unknown
				  at c/service.yml:2
				  formats: %s""".formatted(String.join(", ", MigrationFormat.labels())));
	}

	private ServiceDefinition service() {
		return this.platform.catalog().services().iterator().next();
	}

	private List<String> migrations() {
		return service().versioned().stream().map((file) -> file.version() + " " + file.description()).toList();
	}

	private String problems() {
		return this.platform.relative(
				this.platform.catalog().problems().stream().map(Problem::describe).collect(Collectors.joining("\n\n")));
	}

}
