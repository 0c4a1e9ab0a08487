package dev.skein.cli;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code validate} warns of, one line for each service and cause.
 */
class FileHabitsTests {

	private final PlatformFolder platform;

	FileHabitsTests(@TempDir Path folder) {
		this.platform = new PlatformFolder(folder).service("stock");
	}

	@Test
	void warnsOncePerServiceAndCause() {
		String tables = IntStream.rangeClosed(1, 21)
			.mapToObj((number) -> "CREATE TABLE t" + number + " (id int);")
			.collect(Collectors.joining("\n"));
		this.platform.migration("stock", "V001__all.sql", tables)
			.migration("stock", "U001__all.sql", "SELECT 1;")
			.migration("stock", "V002__rows.sql", "ALTER TABLE t1 ADD a int; UPDATE t1 SET a = 1;")
			.migration("stock", "V004__more.sql",
					"CREATE TABLE u (id int); WITH n AS (SELECT 1) INSERT INTO u TABLE n;")
			.migration("stock", "V017__last.sql", "CREATE TEMP TABLE x (id int); INSERT INTO x VALUES (1);")
			.migration("stock", "V999__cleanup.sql", "DELETE FROM t1;");
		CommandRun run = validate();
		assertThat(run.code()).isZero();
		assertThat(run.err()).isEqualTo(
				"""
						Warning: service "stock" changes the schema and rows in one file: V002__rows.sql, V004__more.sql (the locks \
						of the first are held until the last row is changed: move the rows to another file)
						Warning: service "stock" makes more than 20 tables in one file: V001__all.sql (it is applied and undone as a \
						whole only: write files of a few tables each)
						Warning: service "stock" skips numbers 3, 5 to 16 (is a file missing in this checkout? If not, nothing is to \
						be done)
						Warning: service "stock" cannot go back over files without an undo script, which others of its files have: \
						V002__rows.sql, V004__more.sql, V017__last.sql, 1 more (write one for each)
						""");
		assertThat(validate("--output", "json").json().at("/warnings").size()).isEqualTo(4);
		assertThat(validate("--applied", "stock@999").err())
			.startsWith("Warning: service \"stock\" cannot go back over")
			.hasLineCount(1);
	}

	@Test
	void isSilentAboutStepsDatesAndRowsAlone() {
		this.platform.migration("stock", "V010__a.sql", "CREATE TABLE a (id int);")
			.migration("stock", "V020__b.sql", "INSERT INTO a VALUES (1);")
			.migration("stock", "V040__c.sql", "SELECT 1;")
			.service("orders", "format: plain")
			.migration("orders", "20251101_a.sql", "CREATE TABLE b (id int);")
			.migration("orders", "20251201_b.sql", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';");
		assertThat(validate().err()).isEqualTo("""
				Note: service "orders" cannot go back over 20251101_a.sql, 20251201_b.sql: no undo script
				Note: service "stock" cannot go back over V010__a.sql, V020__b.sql, V040__c.sql: no undo script
				""");
	}

	private CommandRun validate(String... arguments) {
		String[] all = new String[arguments.length + 4];
		all[0] = "validate";
		System.arraycopy(arguments, 0, all, 1, arguments.length);
		all[arguments.length + 1] = "--services";
		all[arguments.length + 2] = this.platform.root().toString();
		all[arguments.length + 3] = "--no-builtin";
		return CommandRun.skein(all);
	}

}
