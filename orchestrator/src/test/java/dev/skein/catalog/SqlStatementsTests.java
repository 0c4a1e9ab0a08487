package dev.skein.catalog;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SqlStatementsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"create unique index /* a */ concurrently i on t (x) | CREATE UNIQUE INDEX CONCURRENTLY",
			"CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (x) | CREATE INDEX CONCURRENTLY",
			"DROP INDEX CONCURRENTLY IF EXISTS a, b | DROP INDEX CONCURRENTLY",
			"REINDEX INDEX CONCURRENTLY i | REINDEX INDEX CONCURRENTLY",
			"REINDEX (VERBOSE, CONCURRENTLY) TABLE t | REINDEX TABLE CONCURRENTLY",
			"REINDEX VERBOSE TABLE CONCURRENTLY t | REINDEX TABLE CONCURRENTLY", "REINDEX SCHEMA s | REINDEX SCHEMA",
			"ALTER TABLE IF EXISTS ONLY s.t DETACH PARTITION \"s\".\"p 1\" CONCURRENTLY | ALTER TABLE ... DETACH PARTITION ... CONCURRENTLY",
			"VACUUM (ANALYZE) t | VACUUM", "ALTER SYSTEM SET work_mem = '1GB' | ALTER SYSTEM",
			"CREATE DATABASE d | CREATE DATABASE", "DISCARD ALL | DISCARD ALL" })
	void knowsWhatDoesNotBelongIntoATransaction(String sql, String words) {
		assertThat(SqlStatements.mayNeedCare(sql)).isTrue();
		assertThat(SqlStatements.of(sql)).singleElement().extracting(SqlStatement::outsideTransaction).isEqualTo(words);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-- CREATE INDEX CONCURRENTLY\nSELECT 1", "/* a /* VACUUM; */ VACUUM; */ SELECT 1",
			"SELECT 'it''s; VACUUM; \\'", "SELECT E'it\\'s; VACUUM;'", "SELECT \"a\"\"; VACUUM;\"",
			"CREATE FUNCTION f() RETURNS int AS $a$ VACUUM; $b$ VACUUM; $$ VACUUM; $a$ LANGUAGE sql",
			"SELECT $1, $$; VACUUM; $$", "CREATE INDEX \"concurrently\" ON t (x)", "CREATE INDEX i ON vacuum (value)",
			"REFRESH MATERIALIZED VIEW CONCURRENTLY v", "REINDEX (CONCURRENTLY false) TABLE t", "REINDEX TABLE t",
			"ALTER TABLE t DETACH PARTITION p", "ALTER TABLE t DETACH PARTITION p FINALIZE",
			"ALTER TYPE s.\"E\" ADD VALUE IF NOT EXISTS 'x' BEFORE 'y'", "ALTER TABLE t ADD value int",
			"CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)", "SELECT '; VACUUM" })
	void takesWordsInCommentsStringsAndNamesForNoAlarm(String sql) {
		assertThat(SqlStatements.of(sql)).singleElement().extracting(SqlStatement::outsideTransaction).isNull();
	}

	@Test
	void readsTheBodyOfAFunctionAsPartOfIt() {
		List<SqlStatement> statements = SqlStatements.of("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC\nSELECT 1;\n"
				+ "SELECT CASE WHEN true THEN 2 END;\nEND;\nSELECT 3;\nCREATE TABLE t (begin int, atomic int);\nSELECT 4;");
		assertThat(statements).extracting(SqlStatement::line).containsExactly(1, 5, 6, 7);
	}

	@Test
	void leavesTheRowsOfACopyOut() {
		List<SqlStatement> statements = SqlStatements.of("COPY t FROM stdin;\nit's\t;\nVACUUM;\n\\.\n\nSELECT 1;\n");
		assertThat(statements).extracting(SqlStatement::line).containsExactly(1, 6);
		assertThat(statements).extracting(SqlStatement::outsideTransaction).containsOnlyNulls();
	}

	@Test
	void looksCloserOnlyWhereAWordThatMattersIsThere() {
		assertThat(SqlStatements.mayNeedCare("CREATE TABLE t (x int); INSERT INTO t VALUESX; SELECT revalue"))
			.isFalse();
	}

	@Test
	void knowsWhichIndexAStatementBuilds() {
		SqlStatement named = one("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"My i\" ON s.t (x)");
		assertThat(named.builds("My i", "t")).isTrue();
		assertThat(named.builds("t_x_idx", "t")).isFalse();
		assertThat(one("CREATE INDEX " + "ä".repeat(40) + " ON t (x)").builds("ä".repeat(31), "t")).isTrue();
		assertThat(one("CREATE INDEX mine ON t (x)").builds("mine", "t")).isTrue();
		SqlStatement unnamed = one("CREATE INDEX CONCURRENTLY ON ONLY s.t (x)");
		assertThat(unnamed.builds("t_x_idx", "t")).isTrue();
		assertThat(unnamed.builds("t_x_idx1", "t")).isTrue();
		assertThat(unnamed.builds("t_x_idx", "u")).isFalse();
		assertThat(unnamed.builds("special", "t")).isFalse();
	}

	@Test
	void knowsWhatAStatementDropsAndDetaches() {
		assertThat(one("DROP INDEX CONCURRENTLY s.a, b").drops("b")).isTrue();
		assertThat(one("DROP TABLE b").drops("b")).isFalse();
		assertThat(one("ALTER TABLE t DETACH PARTITION s.p CONCURRENTLY").detaches("p")).isTrue();
		assertThat(one("ALTER TABLE t DETACH PARTITION s.p").detaches("p")).isFalse();
		assertThat(SqlStatement.isLeftByReindex("i_ccnew2")).isTrue();
		assertThat(SqlStatement.isLeftByReindex("i_ccnewer")).isFalse();
	}

	private static SqlStatement one(String sql) {
		return SqlStatements.of(sql).get(0);
	}

}
