package dev.skein.scaffold;

import java.nio.file.Path;
import java.time.LocalDateTime;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.testing.PlatformFolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NextVersionTests {

	private static final LocalDateTime NOW = LocalDateTime.parse("2026-11-21T12:34:56");

	@TempDir
	Path folder;

	@Test
	void beginsAsThePlatformDoes() {
		assertThat(after("")).isEqualTo("001");
	}

	@ParameterizedTest
	@CsvSource({ "001, 002", "009, 010", "099, 100", "999, 1000", "1 2 10, 11", "9, 10", "V2 V010 V9, 011",
			"1.1 1.2, 1.3", "1.0, 1.1", "1.09, 1.10", "1_2, 1_3", "1.2 2, 3", "0001, 0002" })
	void isOneAboveTheHighestAndAsWide(String versions, String next) {
		assertThat(after(versions.replace("V", ""))).isEqualTo(next);
	}

	@ParameterizedTest
	@CsvSource({ "20251201, 20261121", "20251231, 20261121", "202512012359, 202611211234",
			"20251201101500, 20261121123456" })
	void isTodayWhereTheHighestIsADate(String versions, String next) {
		assertThat(after(versions)).isEqualTo(next);
	}

	@ParameterizedTest
	@CsvSource({ "20261121, 20261121.1", "20261121 20261121.1, 20261121.2", "20261231, 20261231.1",
			"20261121_1, 20261121_2" })
	void isThatDateOnceMoreWhereTodayIsTaken(String versions, String next) {
		assertThat(after(versions)).isEqualTo(next);
	}

	@ParameterizedTest
	@CsvSource({ "00000012, 00000013", "20251301, 20251302", "12345678, 12345679" })
	void isNoDateWhereTheHighestOnlyIsAsLongAsOne(String versions, String next) {
		assertThat(after(versions)).isEqualTo(next);
	}

	@ParameterizedTest
	@CsvSource({ "plain, , 001", "plain, 20251105-x.sql, 20261121", "plain, 20261121-a.sql, 20261121",
			"plain, 20261121_x.sql, 20261122", "plain, 2025103001-x.sql, 2026112101",
			"plain, 2026112109-x.sql, 2026112110", "plain, 20251031_01_x.sql, 20261121_01",
			"plain, 20261121_01-x.sql, 20261121_02", "plain, 20240101000000_x.sql, 20261121123456",
			"plain, 007-x.sql, 008", "plain, 1.2_x.sql, 1.3", "golang-migrate, , 000001",
			"golang-migrate, 000009_x.up.sql, 000010", "golang-migrate, 20261121_x.up.sql, 20261122",
			"dbmate, , 20261121123456", "goose, 00001_x.sql, 00002", "goose, 20240101000000_x.sql, 20261121123456",
			"diesel, 2024-01-01-000000_x/up.sql, 20261121123456",
			"diesel, 2026-11-21-123456-0000_x/up.sql, 20261121123456.10001",
			"diesel, 20261121123456_x/up.sql, 20261121123457", "sqlx, 20240101000000_x.sql, 20261121123456" })
	void countsAsTheToolOfItsFormatDoes(String format, @Nullable String file, String next) {
		PlatformFolder platform = new PlatformFolder(this.folder).service("orders", "format: " + format);
		if (file != null) {
			platform.migration("orders", file, "-- migrate:up\n".repeat(format.equals("dbmate") ? 1 : 0)
					+ "-- +goose Up\n".repeat(format.equals("goose") ? 1 : 0));
		}
		ServiceDefinition service = platform.catalog().service(new ServiceName("orders")).orElseThrow();
		assertThat(NextVersion.after(service, "words", NOW)).isEqualTo(next);
	}

	private String after(String versions) {
		PlatformFolder platform = new PlatformFolder(this.folder).service("orders");
		for (String version : versions.split(" ", -1)) {
			if (!version.isEmpty()) {
				platform.migration("orders", "V" + version + "__words_of_it.sql", "SELECT 1;");
			}
		}
		ServiceDefinition service = platform.catalog().service(new ServiceName("orders")).orElseThrow();
		return NextVersion.after(service, "words", NOW);
	}

}
