package dev.skein.catalog;

import java.util.List;
import java.util.stream.Collectors;

import dev.skein.catalog.FileRules.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Texts are only read here. One whose rows of COPY have no end must never reach Flyway.
 */
class FileObjectionsTests {

	private static final String ENDING = "file \"V1__a.sql\" ends its transaction itself, so it cannot be rolled back"
			+ " whole\n  at V1__a.sql:%s\n  take BEGIN, COMMIT and ROLLBACK out: the file runs in one transaction anyway;"
			+ " or, if it may run twice, put the line -- transaction: none before its first statement";

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "SELECT 1;\\nCOMMIT;\\nSELECT 2; | 2",
			"SELECT 1;\\ncommit work; | 2", "COMMIT | 1", "SELECT 1;\\nEND;\\nSELECT 2; | 2", "end transaction | 1",
			"SELECT 1;\\n\\nROLLBACK; | 3", "Rollback And Chain; | 1", "ABORT; | 1", "abort work; | 1",
			"PREPARE TRANSACTION 'x'; | 1", "COMMIT PREPARED 'x'; | 1", "ROLLBACK PREPARED 'x'; | 1",
			"COMMIT AND CHAIN; | 1", "BEGIN;\\nSELECT 1;\\nCOMMIT AND CHAIN; | 3",
			"BEGIN;\\nSELECT 1;\\nCOMMIT PREPARED 'x'; | 3", "BEGIN;\\nSELECT 1;\\nROLLBACK; | 3",
			"BEGIN;\\nSELECT 1;\\nCOMMIT;\\nBEGIN;\\nSELECT 2;\\nCOMMIT; | 3",
			"BEGIN;\\nSELECT 1;\\nEND;\\nSTART TRANSACTION;\\nSELECT 2;\\nEND; | 3",
			"BEGIN;\\nSELECT 1;\\nCOMMIT;\\nSELECT 2; | 3", "SET a.b = 1;\\nBEGIN;\\nSELECT 1;\\nCOMMIT; | 4",
			"/* a /* b */ BEGIN; */ SELECT 1;\\nCOMMIT; | 2",
			"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END;\\nCOMMIT; | 2",
			"CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $f$ BEGIN RETURN 1; END; $f$;\\nEND; | 2",
			"COPY t FROM stdin;\\nit's;\\n\\\\.\\nCOMMIT; | 4", "SELECT E'\\\\';\\n'; COMMIT; | 2" })
	void objectsToTheFirstStatementThatEndsTheTransaction(String sql, int line) {
		assertThat(objections(lines(sql))).isEqualTo(ENDING.formatted(line));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "SELECT 1;\\nCREATE CAST (a AS int) WITH INOUT AS IMPLICIT; | 2",
					"create /* a */ -- b\\n cast (a AS b) WITHOUT FUNCTION; | 1",
					"SELECT 1;\\nDO $$ BEGIN EXECUTE 'CREATE  CAST (a AS int) WITH INOUT'; END $$; | 2",
					"CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'CREATE CAST (a AS int) WITH INOUT'; | 1",
					"-- transaction: none\\nCREATE CAST (a AS int) WITH INOUT; | 2" })
	void objectsToCasts(String sql, int line) {
		assertThat(objections(lines(sql)))
			.isEqualTo("file \"V1__a.sql\" creates a cast, whose code would run with the rights of other services\n"
					+ "  at V1__a.sql:" + line
					+ "\n  write the conversion as a function and call it; a cast that all need"
					+ " is created by an administrator");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "-- CREATE CAST\nSELECT CAST(1 AS text), 'CREATE CAST';", "CREATE TABLE \"create cast\" ();" })
	void readsOfCastsAndTheUseOfThemAreNoObjection(String sql) {
		assertThat(objections(sql)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-- COMMIT;\nSELECT 1;", "/* COMMIT; /* END; */ COMMIT; */ SELECT 1;",
			"SELECT 'COMMIT;', E'it\\'s; COMMIT;', $$ COMMIT; $$, $a$ $$; END; $a$, \"commit;\" FROM t;",
			"SAVEPOINT a; ROLLBACK TO a; ROLLBACK TRANSACTION TO SAVEPOINT a; RELEASE a;",
			"CREATE TEMP TABLE x () ON COMMIT DROP;", "CREATE TABLE \"end\" (\"commit\" int);",
			"PREPARE transaction_of AS SELECT 1; EXECUTE transaction_of;", "BEGIN; SELECT 1; COMMIT;",
			"begin;\nselect 1;\ncommit", "Begin Work;\nSELECT 1;\nEnd Work;\n-- done\n",
			"-- why\n\nSTART TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ WRITE;\nSELECT 1;\nCOMMIT;",
			"/* BEGIN */ BEGIN TRANSACTION;\nSAVEPOINT a; ROLLBACK TO a;\nCOMMIT AND NO CHAIN;", "BEGIN; COMMIT;",
			"SELECT CASE WHEN true THEN 1 END;",
			"CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC\nINSERT INTO t SELECT CASE a WHEN 1 THEN 2 ELSE 3 END FROM t;\nEND;",
			"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC; END;\nCREATE FUNCTION g(a int) RETURNS int RETURN a;",
			"DO $$\n<<here>>\nBEGIN\n\tIF true THEN PERFORM 1; ELSE PERFORM 2; END IF;\nEND here;\n$$;",
			"CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END;';",
			"CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;",
			"DO $$ BEGIN PERFORM 1 AS commit; RAISE NOTICE 'COMMIT;'; /* COMMIT; */ END $$;", "CALL p();",
			"ALTER TYPE e ADD VALUE 'x'; INSERT INTO t VALUES (1); COMMENT ON TYPE e IS 'y';",
			"CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2); BEGIN;" })
	void objectsToNothingElse(String sql) {
		assertThat(objections(sql)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "SELECT 1;\\nDO $$\\nBEGIN\\n\\tPERFORM 1;\\n\\tCOMMIT;\\nEND $$; | 5",
					"DO $$ BEGIN\\n\\tIF true THEN\\n\\t\\tROLLBACK AND CHAIN;\\n\\tEND IF;\\nEND $$; | 3",
					"DO LANGUAGE plpgsql 'BEGIN PERFORM ''a;'';\\nCOMMIT; END'; | 2",
					"do $x$ begin loop commit; end loop; end $x$; | 1" })
	void objectsToABlockThatCommits(String sql, int line) {
		assertThat(objections(lines(sql)))
			.isEqualTo("file \"V1__a.sql\" has a DO block that commits or rolls back, which fails in a transaction\n"
					+ "  at V1__a.sql:" + line + "\n  take that out; or, if the file may run twice, put the line"
					+ " -- transaction: none before its first statement");
	}

	@Test
	void objectsToTheCallOfAProcedureOfTheFileThatCommits() {
		assertThat(objections("""
				CREATE OR REPLACE PROCEDURE s."Fill"(n int) LANGUAGE plpgsql AS $$
				BEGIN
					INSERT INTO t VALUES (n);
					COMMIT;
				END $$;
				CALL other(1);
				CALL "Fill"(1);
				""")).isEqualTo("""
				file "V1__a.sql" calls "Fill", which commits or rolls back: that fails in a transaction
				  at V1__a.sql:7
				  put the call into a file of its own that may run twice, and put the line -- transaction: none before \
				its first statement""");
	}

	@Test
	void objectsToNothingAboutTransactionsWhereTheFileAsksForNone() {
		String sql = "SELECT 1;\nCOMMIT;\nVACUUM;\nDO $$ BEGIN COMMIT; END $$;";
		assertThat(objections(file(sql, new FileRules(Kind.MIGRATION, true, "")))).isEmpty();
		assertThat(objections(file(sql, FileRules.NONE))).isEmpty();
	}

	@Test
	void tellsASeedThatItHasNoOtherWay() {
		FileRules seed = new FileRules(Kind.SEED, false, "");
		assertThat(objections(file("SELECT 1;\nCOMMIT;", seed))).isEqualTo("""
				file "V1__a.sql" ends its transaction itself, so it cannot be rolled back whole
				  at V1__a.sql:2
				  take BEGIN, COMMIT and ROLLBACK out: the file runs in one transaction anyway""");
		assertThat(objections(file("DO $$ BEGIN COMMIT; END $$", seed)))
			.endsWith("which fails in a transaction\n  at V1__a.sql:1\n  take that out");
		assertThat(objections(file("VACUUM;", seed))).isEqualTo("""
				statement "VACUUM" must run outside a transaction, but a seed runs inside one
				  at V1__a.sql:1
				  put it into a migration; seeds are for rows""");
	}

	@Test
	void looksForWhatMustRunOutsideInWhatIsExecuted() {
		assertThat(objections("BEGIN;\nCREATE INDEX CONCURRENTLY i ON t (a);\nCOMMIT;")).isEmpty();
		assertThat(objections("BEGIN;\nCREATE INDEX CONCURRENTLY i ON t (a);\nSELECT 1;\nCOMMIT;")).isEqualTo("""
				statement "CREATE INDEX CONCURRENTLY" must run outside a transaction, but file "V1__a.sql" has others \
				that run inside one
				  at V1__a.sql:2
				  put it into a file of its own, such as V2__create_index_concurrently.sql""");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = false, value = {
			"-- why\\nBEGIN;\\nSELECT 1;\\n\\nCOMMIT;\\n|-- why\\n\\nSELECT 1;\\n\\n\\n",
			"begin; SELECT 1; commit|` SELECT 1; `",
			"BEGIN -- a\\n;\\r\\nSELECT 1;\\r\\nEND\\n WORK;\\r\\n|\\n\\r\\nSELECT 1;\\r\\n\\n\\r\\n",
			"/* a */ START TRANSACTION ISOLATION LEVEL\\nSERIALIZABLE, READ WRITE; SELECT 1; COMMIT;"
					+ "|/* a */ SET TRANSACTION isolation level serializable , read write;\\n SELECT 1; ",
			"BEGIN; COPY t FROM stdin;\\nCOMMIT;\\n\\\\.\\nCOMMIT; -- x| COPY t FROM stdin;\\nCOMMIT;\\n\\\\.\\n -- x",
			"BEGIN; SELECT 1;|BEGIN; SELECT 1;", "SELECT 1; COMMIT;|SELECT 1; COMMIT;",
			"BEGIN; COMMIT; BEGIN; COMMIT;|BEGIN; COMMIT; BEGIN; COMMIT;", "beginning; COMMIT;|beginning; COMMIT;" })
	void executesAWrappedFileWithoutItsTransaction(String sql, String executed) {
		Migration file = file(lines(sql), new FileRules(Kind.MIGRATION, false, ""));
		assertThat(file.executed()).isEqualTo(lines(executed));
		assertThat(file.executed().lines()).hasSameSizeAs(file.script().text().lines().toList());
		assertThat(file(lines(sql), new FileRules(Kind.MIGRATION, true, "")).executed()).isEqualTo(lines(sql));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "SELECT 1;\\nCOPY t FROM stdin;\\n1\\n | 2", "COPY t FROM STDIN | 1", "copy t from stdin; | 1",
					"COPY t FROM stdin;\\n1\\n\\\\.\\nCOPY \"T\" (a, b)\\n  FROM Stdin WITH (FORMAT csv);\\n1,2\\n | 4",
					"COPY t FROM stdin\\n1\\n\\\\.\\n | 1",
					"COPY t FROM stdin /* no semicolon */\\n1\\n\\\\.\\nSELECT 1;\\n | 1",
					"COPY t FROM stdin;\\r1\\r\\\\.\\r | 1", "COPY t FROM stdin; \\\\.\\n | 1",
					"-- transaction: none\\nCOPY t FROM stdin WHERE a > 1;\\n1\\n | 2" })
	void objectsToRowsThatDoNotEnd(String sql, int line) {
		String expected = "file \"V1__a.sql\" does not end the rows of COPY ... FROM stdin\n  at V1__a.sql:" + line
				+ "\n  end the statement with a semicolon, and the rows below it with a line that is nothing but \\.";
		for (FileRules rules : List.of(new FileRules(Kind.MIGRATION, false, ""),
				new FileRules(Kind.MIGRATION, true, ""), new FileRules(Kind.UNDO, false, ""),
				new FileRules(Kind.SEED, false, ""))) {
			assertThat(objections(file(lines(sql), rules))).isEqualTo(expected);
		}
	}

	@Test
	void objectsToTextBehindTheEndOfTheRows() {
		assertThat(objections("COPY t FROM stdin;\n1\n\\. -- done\nSELECT 1;\n")).isEqualTo("""
				file "V1__a.sql" has text behind \\. on its line, which so ends no rows
				  at V1__a.sql:3
				  write nothing but \\. on that line""");
	}

	@Test
	void objectsToTextThatWouldBeLostBehindACopy() {
		assertThat(objections("COPY t FROM stdin; SELECT 1;\n1\n\\.\n")).isEqualTo("""
				file "V1__a.sql" has "SELECT 1;" behind COPY ... FROM stdin; on its line, where it is lost
				  at V1__a.sql:1
				  move it below the line \\. that ends the rows""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "COPY t FROM stdin;\n1\n\\.", "COPY t FROM stdin;\n\\.\n",
			"COPY t (a) FROM STDIN WITH (FORMAT csv);\r\n\"it's; $$\"\r\n \\. \r\nSELECT 1;\r\n",
			"COPY t FROM stdin; -- rows\n1\n\\.\nCOPY t FROM stdin; /* rows */\n2\n\\.\n", "COPY t TO stdout;",
			"COPY (SELECT 1 FROM stdin) TO stdout;", "COPY t (\"from\", stdin) FROM '/rows';",
			"SELECT 'COPY t FROM stdin;', $$ COPY t FROM stdin; $$, E'\\'; COPY t FROM stdin;';",
			"-- COPY t FROM stdin;\n/* COPY t FROM stdin; /* */ COPY t FROM stdin; */ SELECT 1;",
			"COMMENT ON TABLE t IS 'filled by\nCOPY t FROM stdin;\n';" })
	void objectsToNoRowsThatEndAndNoneThatAreNone(String sql) {
		assertThat(objections(sql)).isEmpty();
	}

	private static String lines(String text) {
		return text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t").replace("\\\\", "\\");
	}

	private static String objections(String sql) {
		return objections(file(sql, new FileRules(Kind.MIGRATION, false, "V2__%s.sql")));
	}

	private static String objections(Migration file) {
		return file.objections().stream().map(Problem::describe).collect(Collectors.joining("\n\n"));
	}

	private static Migration file(String sql, FileRules rules) {
		return new Migration(Version.of("1"), "a", SqlScript.of("V1__a.sql", Location.of("V1__a.sql"), sql), List.of(),
				false, rules);
	}

}
