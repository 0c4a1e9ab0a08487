package dev.skein.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class SqlSurvivalTests {

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawAService() {
		this.platform = new PlatformFolder(this.folder).service("zoo", "tables: [t]");
	}

	static Stream<Arguments> files() {
		return Stream.of(arguments("dollar quotes of every kind", """
				CREATE TABLE t (a text);
				INSERT INTO t VALUES ($$semi;colon$$), ($x$inner $$ ; $$ and 'quote$x$), ($_1$a$b;$_1$), ($$$$);
				INSERT INTO t SELECT $a$1$a$ || '$b$' || $b$;$b$;
				""", List.of("semi;colon", "inner $$ ; $$ and 'quote", "a$b;", "", "1$b$;")),
				arguments("functions in functions", """
						CREATE TABLE t (a text);
						CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $outer$
						BEGIN
						    EXECUTE $inner$ INSERT INTO t VALUES ('one;two'); $inner$;
						    -- a comment; with $$ in it
						END $outer$;
						SELECT f();
						""", List.of("one;two")), arguments("the rows of COPY", """
						CREATE TABLE t (a text, b int);
						COPY t (a, b) FROM stdin;
						semi;colon	1
						it's $$ -- no /* comment	2
						\\\\backslash	3
						\\.

						INSERT INTO t VALUES ('after', 4);
						""", List.of("semi;colon", "it's $$ -- no /* comment", "\\backslash", "after")),
				arguments("the rows of COPY with options", """
						CREATE TABLE t (a text, b int);
						COPY t FROM STDIN WITH (FORMAT csv, HEADER);
						a,b
						"x;y",1
						\\.
						""", List.of("x;y")), arguments("DO blocks", """
						CREATE TABLE t (a text);
						DO $$ BEGIN
						    IF NOT EXISTS (SELECT FROM t) THEN
						        INSERT INTO t VALUES ('done;');
						    END IF;
						END $$;
						DO LANGUAGE plpgsql 'BEGIN INSERT INTO t VALUES (''quoted;''); END';
						""", List.of("done;", "quoted;")),
				arguments("a byte order mark and the line ends of Windows",
						"\uFEFFCREATE TABLE t (a text);\r\n-- comment;\r\nINSERT INTO t\r\nVALUES ('x;');\r\n",
						List.of("x;")),
				arguments("comments in comments", """
						/* outer; /* inner; */ still a comment; */
						CREATE TABLE t (a text);
						/* /* */ ' */ INSERT INTO t /* ; */ VALUES ('a/*b'), -- ; '
						('--c');
						""", List.of("a/*b", "--c")), arguments("strings with backslashes", """
						CREATE TABLE t (a text);
						INSERT INTO t VALUES (E'it\\'s; a\\\\'), ('C:\\'), ('a\\'';b'), (U&'\\0041;');
						INSERT INTO t VALUES (e'\\';');
						""", List.of("it's; a\\", "C:\\", "a\\';b", "A;", "';")),
				arguments("functions with an atomic body", """
						CREATE TABLE t (a text);
						CREATE FUNCTION add_two(x text) RETURNS void LANGUAGE sql
						BEGIN ATOMIC
						    INSERT INTO t VALUES (x);
						    INSERT INTO t SELECT CASE WHEN x = 'one' THEN 'two' ELSE 'three' END;
						END;
						SELECT add_two('one');
						""", List.of("one", "two")), arguments("an atomic procedure", """
						CREATE TABLE t (a text);
						CREATE OR REPLACE PROCEDURE p(x text) BEGIN ATOMIC INSERT INTO t VALUES (x); END;
						CALL p('one');
						""", List.of("one")), arguments("names with semicolons and quotes", """
						CREATE TABLE t (a text, "b;c""d'e" text, "commit" text);
						INSERT INTO t (a, "b;c""d'e") VALUES ('x', ';');
						""", List.of("x")), arguments("rules with several statements", """
						CREATE TABLE t (a text);
						CREATE VIEW v AS SELECT a FROM t;
						CREATE RULE r AS ON INSERT TO v DO INSTEAD (
						    INSERT INTO t VALUES ('first;');
						    INSERT INTO t VALUES (new.a)
						);
						INSERT INTO v VALUES ('second');
						""", List.of("first;", "second")), arguments("words of blocks that open none", """
						CREATE TABLE t (a text, begin int, atomic text, "case" int, "end" int);
						INSERT INTO t (a, begin) SELECT CASE WHEN true THEN 'x' ELSE 'y' END, 1;
						SELECT begin FROM t ORDER BY begin;
						CREATE FUNCTION one() RETURNS int LANGUAGE sql RETURN 1;
						INSERT INTO t VALUES ('z');;;
						""", List.of("x", "z")), arguments("strings over several lines", """
						CREATE TABLE t (a text);
						INSERT INTO t VALUES ('one;'
						    'two'), (E'\\\\;'
						    'three;');
						CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $body$ SELECT 1; $body$;
						PREPARE p (text) AS INSERT INTO t VALUES ($1);
						EXECUTE p('four;');
						""", List.of("one;two", "\\;three;", "four;")),
				arguments("COPY with the line ends of Windows",
						"CREATE TABLE t (a text);\r\nCOPY t FROM stdin;\r\na;b\r\n\\.\r\n", List.of("a;b")),
				arguments("COPY without rows, and with a word of its own in a name", """
						CREATE TABLE t (a text);
						CREATE TABLE "from stdin" (a text);
						COPY "from stdin" FROM stdin;
						\\.
						DROP TABLE "from stdin";
						COPY t FROM stdin;
						a
						\\.
						""", List.of("a")), arguments("dollar quotes with letters of any language", """
						CREATE TABLE t (a text);
						INSERT INTO t VALUES ($été$;$été$), ($x1$;$x1$);
						""", List.of(";", ";")), arguments("a function whose body says BEGIN ATOMIC as text", """
						CREATE TABLE t (a text);
						COMMENT ON TABLE t IS 'BEGIN ATOMIC; no block';
						-- BEGIN ATOMIC
						INSERT INTO t VALUES ('begin atomic;');
						""", List.of("begin atomic;")), arguments("placeholders of others", """
						CREATE TABLE t (a text);
						INSERT INTO t VALUES ('${HOME} ${flyway:timestamp} #{x} :name $1');
						""", List.of("${HOME} ${flyway:timestamp} #{x} :name $1")),
				arguments("questions and colons that are no parameters", """
						CREATE TABLE t (a text);
						INSERT INTO t SELECT '{"a": 1}'::jsonb ? 'a' FROM (SELECT 1) one;
						""", List.of("true")), arguments("a file that ends in a comment", """
						CREATE TABLE t (a text);
						INSERT INTO t VALUES ('x')
						-- the end""", List.of("x")),
				arguments("a very long line", "CREATE TABLE t (a text); INSERT INTO t VALUES ('x')"
						+ ", ('x')".repeat(100_000) + "; DELETE FROM t WHERE ctid <> (SELECT min(ctid) FROM t);",
						List.of("x")));
	}

	/**
	 * Skein keeps statements of its own prepared in the same session.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "roles", "none" })
	void survivesThatAFileDropsWhatIsPrepared(String isolation) {
		this.platform.migration("zoo", "V1__t.sql", "CREATE TABLE t ();")
			.migration("zoo", "V2__all.sql", "DEALLOCATE ALL;")
			.migration("zoo", "V3__hidden.sql", "DO 'BEGIN EXECUTE ''DEALLOCATE ALL''; END';")
			.migration("zoo", "V4__more.sql", "SELECT 1;");
		CommandRun run = CommandRun.on(this.database, this.platform, "migrate", "--isolation", isolation);
		assertThat(run.code()).as(run.err()).isZero();
	}

	/**
	 * Without roles, all of them share a session.
	 */
	@Test
	void survivesThatAServiceDropsWhatIsPreparedForItsNeighbours() {
		this.platform.migration("zoo", "V1__hidden.sql", "DO 'BEGIN EXECUTE ''DEALLOCATE ALL''; END';")
			.migration("zoo", "V2__t.sql", "CREATE TABLE t ();")
			.service("ant")
			.migration("ant", "V1__one.sql", "SELECT 1;")
			.service("zz")
			.migration("zz", "V1__one.sql", "SELECT 1;");
		CommandRun run = CommandRun.on(this.database, this.platform, "migrate", "--isolation", "none", "--jobs", "1");
		assertThat(run.code()).as(run.err()).isZero();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("files")
	void runs(String what, String sql, List<String> rows) {
		this.platform.migration("zoo", "V1__file.sql", sql);
		CommandRun run = CommandRun.on(this.database, this.platform, "migrate");
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(this.database.query("SELECT a FROM zoo.t")).isEqualTo(rows);
	}

	@Test
	void refusesWhatOnlyPsqlUnderstands() {
		this.platform.migration("zoo", "V1__a.sql", """
				CREATE TABLE t (a text DEFAULT 'C:\\');
				/* \\i comment */ INSERT INTO t VALUES ($$\\i string$$), (E'\\\\'), ('"'); -- \\i comment

				\\i other.sql
				\\connect app
				""")
			.migration("zoo", "V2__b.sql", "\\restrict 8xJ\nSELECT 1;\n\\unrestrict 8xJ\n")
			.migration("zoo", "V3__c.sql", "SELECT 1 AS one\n\\gset\n")
			.migration("zoo", "U3__c.sql", "\\connect app\n")
			.seed("zoo", "dev", "a.sql", "\\copy t FROM 'rows.csv'\n");
		CommandRun run = CommandRun.on(this.database, this.platform, "validate");
		assertThat(run.code()).isEqualTo(2);
		assertThat(this.platform.relative(run.err())).isEqualTo("""
				5 problems in the catalog:

				file "U3__c.sql" has "\\connect app", which only psql understands
				  at zoo/migrations/U3__c.sql:1
				  take it out: a migration runs in the database of its platform

				file "V1__a.sql" has "\\i other.sql", which only psql understands
				  at zoo/migrations/V1__a.sql:4
				  write the SQL of that file here, or make it a migration of its own

				file "V2__b.sql" has "\\restrict 8xJ", which only psql understands
				  at zoo/migrations/V2__b.sql:1
				  take it out: pg_dump writes it for psql only

				file "V3__c.sql" has "\\gset", which only psql understands
				  at zoo/migrations/V3__c.sql:2
				  take it out, or write it in SQL

				file "seeds/dev/a.sql" has "\\copy t FROM 'rows.csv'", which only psql understands
				  at zoo/seeds/dev/a.sql:1
				  write COPY ... FROM stdin; with the rows below it, and a line \\. after them

				Nothing was touched.
				""");
	}

	@Test
	void runsWhatPgDumpWritesButForItsCommandsToPsql() {
		this.platform.migration("zoo", "V1__dump.sql", """
				SET statement_timeout = 0;
				SET client_encoding = 'UTF8';
				SET standard_conforming_strings = on;
				SELECT pg_catalog.set_config('search_path', '', false);
				SET check_function_bodies = false;
				CREATE TABLE zoo.t (
				    a text
				);
				COPY zoo.t (a) FROM stdin;
				one;
				\\N
				\\.


				ALTER TABLE ONLY zoo.t ADD CONSTRAINT t_a UNIQUE (a);
				""").migration("zoo", "V2__next.sql", "ALTER TABLE t ADD b int;");
		CommandRun run = CommandRun.on(this.database, this.platform, "migrate");
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(this.database.query("SELECT a FROM zoo.t")).containsExactly("one;", "null");
	}

	/** Known: Flyway and the driver read the second part as a plain string. */
	@Test
	void readsAnEscapedQuoteInTheSecondLineOfAStringAsPostgresDoes() {
		this.platform.migration("zoo", "V1__a.sql", """
				CREATE TABLE t (a text);
				COMMENT ON TABLE t IS E'one'
				    '\\'two;';
				SELECT 1;
				""");
		CommandRun run = CommandRun.on(this.database, this.platform, "migrate");
		assertThat(run.code()).as(run.out()).isZero();
		assertThat(this.database.query("SELECT obj_description('zoo.t'::regclass)")).containsExactly("one'two;");
	}

	@Test
	void refusesToCopyToNowhere() {
		this.platform.migration("zoo", "V1__a.sql", "CREATE TABLE t (a text);\nCOPY t TO stdout;\n");
		CommandRun run = CommandRun.on(this.database, this.platform, "migrate");
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.out()).contains("V1__a.sql, line 2");
		assertThat(this.database.tables()).isEmpty();
	}

	@Test
	void recordsAWrappedFileInItsOwnTransaction() {
		this.platform.manifest("zoo", "service: zoo\nformat: golang-migrate\ntables: [t]\n")
			.migration("zoo", "1_a.up.sql", "BEGIN;\nCREATE TABLE t (a text);\nSELECT 1/0;\nCOMMIT;\n");
		CommandRun run = CommandRun.on(this.database, this.platform, "migrate");
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.out()).contains("1_a.up.sql, line 3", "division by zero");
		assertThat(this.database.tables()).isEmpty();
	}

	@Test
	void saysWhichLineOfASectionIsWrong() {
		this.platform.manifest("zoo", "service: zoo\nformat: goose\ntables: [t]\n").migration("zoo", "1_a.sql", """
				-- +goose Up
				CREATE TABLE t (a text);
				-- +goose StatementBegin
				SELECT nothing
				-- +goose StatementEnd

				-- +goose Down
				SELECT 1;
				""");
		CommandRun run = CommandRun.on(this.database, this.platform, "migrate");
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.out()).contains("1_a.sql, line 4", "column \"nothing\" does not exist");
	}

	@Test
	void runsAFileOfTenMegabytes() {
		String row = "INSERT INTO t VALUES ('" + "x".repeat(972) + "');\n";
		this.platform.migration("zoo", "V1__file.sql", "CREATE TABLE t (a text);\n" + row.repeat(10_500));
		CommandRun run = CommandRun.on(this.database, this.platform, "migrate");
		assertThat(run.code()).as(run.out() + run.err()).isZero();
		assertThat(this.database.query("SELECT count(*) FROM zoo.t")).containsExactly("10500");
	}

}
