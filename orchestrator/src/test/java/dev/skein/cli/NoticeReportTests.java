package dev.skein.cli;

import java.io.BufferedReader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.DatabaseIdentity;
import dev.skein.migration.MigrationError;
import dev.skein.migration.Notice;
import dev.skein.migration.Outcome;
import dev.skein.migration.RunReport;
import dev.skein.migration.SeedReport;
import dev.skein.migration.ServiceReport;
import dev.skein.migration.Verification;
import dev.skein.testing.PlatformFolder;
import dev.skein.text.PrintableWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What reports say of notices.
 */
class NoticeReportTests {

	private static final Notice ROWS = new Notice("NOTICE", "00000", "moved 42 rows", false);

	private static final Notice SKIPPED = new Notice("NOTICE", "42P07", "relation \"q\" already exists, skipping",
			true);

	private final StringWriter out = new StringWriter();

	private ServiceDefinition service;

	private Migration file;

	@BeforeEach
	void createAFile(@TempDir Path folder) {
		this.service = new PlatformFolder(folder).serviceWithOneFile();
		this.file = this.service.versioned().get(0);
	}

	@Test
	void listWarningsOfAppliedFilesAtTheEnd() {
		assertThat(text(applied(List.of(ROWS, SKIPPED)))).isEqualTo("""
				 SERVICE  SCHEMA  OUTCOME  VERSION  MIGRATIONS  TABLES  TIME
				 orders   orders  applied  - -> -            1       0  3 ms

				Warnings:
				  orders V2__x.sql: relation "q" already exists, skipping

				Applied 1 migration in 0.01 s
				Verified: 0 of 0 promised tables found, none unexpected
				""");
	}

	@Test
	void listWarningsOfTheFileThatFailedAndOfSeeds() {
		MigrationError error = new MigrationError("V2__x.sql", "V2__x.sql", 1, "42P01", "gone", "look");
		ServiceReport failed = new ServiceReport(this.service, Outcome.FAILED, null, null, null, List.of(), error,
				List.of(new Notice("WARNING", "01000", "two\nare left\u001B[2J", true)));
		SeedReport seed = new SeedReport(this.service, this.file, Outcome.APPLIED, null, 1, null, List.of(SKIPPED));
		assertThat(text(report(Outcome.FAILED, failed, seed))).contains("""

				Warnings:
				  orders V2__x.sql: two
				    are left\\u001B[2J
				  orders V2__x.sql: relation "q" already exists, skipping

				Applied""");
	}

	@Test
	void listNoMoreWarningsThanAPersonReads() {
		List<Notice> notices = new ArrayList<>();
		for (int i = 1; i <= 52; i++) {
			notices.add(new Notice("WARNING", "01000", "look " + i, true));
		}
		assertThat(text(applied(notices))).contains("""
				  orders V2__x.sql: look 50
				  and 2 more: skein history --output json

				Applied""");
	}

	@Test
	void sayNothingWhereNothingWasWarnedOf() {
		assertThat(text(applied(List.of(ROWS)))).doesNotContain("Warnings").doesNotContain("42 rows");
	}

	@Test
	void haveAllNoticesAsJsonAndAlwaysAList() {
		JsonNode heard = json(applied(List.of(ROWS, SKIPPED)));
		assertThat(heard.at("/services/0/migrations/0/notices").toString()).isEqualTo(
				"[{\"severity\":\"NOTICE\",\"sqlState\":\"00000\",\"message\":\"moved 42 rows\",\"warning\":false},"
						+ "{\"severity\":\"NOTICE\",\"sqlState\":\"42P07\","
						+ "\"message\":\"relation \\\"q\\\" already exists, skipping\",\"warning\":true}]");
		assertThat(heard.at("/services/0/notices").toString()).isEqualTo("[]");
		assertThat(json(applied(List.of())).at("/services/0/migrations/0/notices").toString()).isEqualTo("[]");
	}

	@Test
	void haveTheNoticesOfTheFileThatFailedBesideItsErrorAsJson() {
		MigrationError error = new MigrationError("V2__x.sql", "V2__x.sql", 1, "42P01", "gone", "look");
		ServiceReport failed = new ServiceReport(this.service, Outcome.FAILED, null, null, null, List.of(), error,
				List.of(ROWS));
		SeedReport seed = new SeedReport(this.service, this.file, Outcome.APPLIED, null, 1, null, List.of(SKIPPED));
		JsonNode json = json(report(Outcome.FAILED, failed, seed));
		assertThat(json.at("/services/0/notices/0/message").asString()).isEqualTo("moved 42 rows");
		assertThat(json.at("/seeds/0/notices/0/sqlState").asString()).isEqualTo("42P07");
	}

	private RunReport applied(List<Notice> notices) {
		return report(Outcome.APPLIED, new ServiceReport(this.service, Outcome.APPLIED, null, null, null,
				List.of(new AppliedFile(this.file, 3, notices)), null, List.of()), null);
	}

	private static RunReport report(Outcome outcome, ServiceReport service, @Nullable SeedReport seed) {
		return new RunReport(UUID.randomUUID(), new DatabaseIdentity("app", "here:1", "ada", "17.2", false, "1"),
				outcome, 10, List.of(service), (seed == null) ? List.of() : List.of(seed),
				new Verification(0, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null), false,
				null);
	}

	private String text(RunReport report) {
		new RunText(report).print(surroundings());
		return this.out.toString();
	}

	private JsonNode json(RunReport report) {
		OutputOptions.print(surroundings(), MigrateView.of(report));
		String printed = this.out.toString();
		this.out.getBuffer().setLength(0);
		return JsonMapper.shared().readTree(printed);
	}

	private Surroundings surroundings() {
		return new Surroundings(new PrintableWriter(this.out), new PrintableWriter(new StringWriter()),
				new BufferedReader(new StringReader("")), Map.of(), false, List.of(), Path.of("target"),
				LocalDateTime::now);
	}

}
