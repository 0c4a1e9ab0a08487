package dev.skein.rollback;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Collectors;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Version;
import dev.skein.migration.AppliedMigration;
import dev.skein.testing.PlatformFolder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class UndoLossTests {

	@TempDir
	Path folder;

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			DROP TABLE a; DROP INDEX i;                                 | stock.a
			drop table if exists a, other.b cascade;                    | stock.a other.b
			DROP TABLE "Odd""N";                                        | stock.Odd"N
			DROP FOREIGN TABLE a;                                       | stock.a
			DELETE FROM ONLY a WHERE x;                                 | stock.a
			TRUNCATE a, b; TRUNCATE TABLE c;                            | stock.a stock.b stock.c
			ALTER TABLE a DROP b;                                       | stock.a.b
			ALTER TABLE IF EXISTS ONLY other.a DROP COLUMN IF EXISTS b; | other.a.b
			ALTER TABLE a DROP COLUMN b, DROP c, ADD d int;             | stock.a.b stock.a.c
			ALTER TABLE a DROP CONSTRAINT k, ALTER b DROP NOT NULL;     | ''
			ALTER TABLE a ALTER COLUMN b DROP DEFAULT;                  | ''
			-- DROP TABLE a                                             | ''
			SELECT 'DROP TABLE a';                                      | ''
			""")
	void findsWhatIsThrownAway(String sql, String expected) {
		ServiceDefinition stock = new PlatformFolder(this.folder).service("stock")
			.migration("stock", "V1__a.sql", "SELECT 1;")
			.migration("stock", "U1__a.sql", sql)
			.plan()
			.services()
			.get(0);
		AppliedMigration row = new AppliedMigration(1, Version.of("1"), "a", "SQL", "V1__a.sql", 1, LocalDateTime.MIN,
				true);
		RollbackPlan plan = new RollbackPlan("", List.of(new AppliedVersion(stock, row, 0, null)), 0, List.of());
		assertThat(UndoLoss.of(plan)
			.stream()
			.map((loss) -> loss.table() + ((loss.column() == null) ? "" : "." + loss.column()))
			.collect(Collectors.joining(" "))).isEqualTo(expected);
	}

}
