package dev.skein.catalog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.skein.testing.PlatformFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * The rows of {@code COPY} in a large file.
 */
class LargeFileTests {

	private static final String ROWS = "1\t\u00e4\r\n".repeat(200_000);

	private static final String FILE = "\uFEFF-- stdin\n\nCREATE TABLE t (a int, b text); COPY t\nFROM stdin;\n" + ROWS
			+ " \\.\n" + "SELECT 1;\n";

	private static final String TEXT = "-- stdin\n\nCREATE TABLE t (a int, b text); COPY t\nFROM stdin;\n"
			+ "\n".repeat(200_000) + " \\.\nSELECT 1;\n";

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawAService() {
		this.platform = new PlatformFolder(this.folder).service("zoo");
	}

	@Test
	void readsTheRowsFromTheFileWhenTheyAreWanted() throws Exception {
		SqlScript script = script(FILE);
		assertThat(script.text()).isEqualTo(TEXT);
		assertThat(script.checksum()).isEqualTo(SqlScript.of("", Location.of(""), FILE.substring(1)).checksum());
		assertThat(script.rows()).hasSize(1);
		CopyBlock rows = script.rows().get(0);
		assertThat(rows.statementLine()).isEqualTo(3);
		ByteArrayOutputStream read = new ByteArrayOutputStream();
		rows.read((piece, count) -> read.write(piece, 0, count));
		assertThat(read.toString(StandardCharsets.UTF_8)).isEqualTo(ROWS);
	}

	@Test
	void failsWhereTheRowsChangedSinceThen() {
		CopyBlock rows = script(FILE).rows().get(0);
		for (String changed : new String[] { FILE.replace("1\t\u00e4", "2\t\u00e4"), "", FILE.substring(0, 90) }) {
			this.platform.migration("zoo", "V1__a.sql", changed);
			assertThatIOException().isThrownBy(() -> rows.read((piece, count) -> {
			}));
		}
	}

	@Test
	void keepsTheWholeTextWhereRowsDoNotEnd() {
		for (String file : new String[] { FILE.replace(" \\.\n", ""), FILE.replace(" \\.\n", "\\. x\n\\.\n") }) {
			SqlScript script = script(file);
			assertThat(script.text()).isEqualTo(file.substring(1));
			assertThat(script.rows()).isEmpty();
		}
		assertThat(this.platform.migration("zoo", "V1__a.sql", FILE.replace(" \\.\n", "")).objections()).isEqualTo("""
				file "V1__a.sql" does not end the rows of COPY ... FROM stdin
				  at zoo/migrations/V1__a.sql:3
				  end the statement with a semicolon, and the rows below it with a line that is nothing but \\.""");
	}

	@Test
	void leavesTheRowsOfBothWaysInAFileOfTwoSections() throws IOException {
		this.platform.manifest("zoo", "service: zoo\nformat: dbmate\n")
			.migration("zoo", "1_a.sql", "-- migrate:up\nCOPY t FROM stdin;\n" + ROWS
					+ "\\.\n-- migrate:down\nCOPY u FROM stdin;\n" + ROWS + "\\.\nDELETE FROM t;\n");
		assertThat(Files.size(this.folder.resolve("zoo/migrations/1_a.sql"))).isGreaterThan(FileContent.LARGE);
		ServiceDefinition zoo = this.platform.catalog().services().iterator().next();
		SqlScript up = zoo.versioned().get(0).script();
		assertThat(up.text()).isEqualTo("-- migrate:up\nCOPY t FROM stdin;\n" + "\n".repeat(200_000) + "\\.\n");
		assertThat(up.rows()).hasSize(1);
		assertThat(up.checksum()).isEqualTo(
				SqlScript.of("", Location.of(""), "-- migrate:up\nCOPY t FROM stdin;\n" + ROWS + "\\.\n").checksum());
		SqlScript down = zoo.undo().values().iterator().next().script();
		assertThat(down.rows()).extracting(CopyBlock::statementLine).containsExactly(200_005);
		assertThat(down.statements()).extracting(SqlStatement::line).containsExactly(200_005, 400_007);
	}

	private SqlScript script(String text) {
		return this.platform.migration("zoo", "V1__a.sql", text)
			.catalog()
			.services()
			.iterator()
			.next()
			.versioned()
			.get(0)
			.script();
	}

}
