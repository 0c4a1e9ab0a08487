package dev.skein.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a report says to do about a file that failed: by the statement, not by the
 * SQLSTATE alone. Each file is the one of a service of its own.
 */
class FailureHintTests {

	private static final String APPLIED = "fix the file, then run again: what was applied before stays, the next run"
			+ " goes on from here";

	private final TestDatabase database = TestServer.freshDatabase();

	private final Map<String, String> expected = new TreeMap<>();

	@TempDir
	Path folder;

	@Test
	void saysForWhatIsMissingWhoCreatesIt() {
		expect("role", "CREATE TABLE t ();\nGRANT SELECT ON t TO nobody_there;", 2, "42704",
				"roles belong to the whole server: let an administrator create it before the run with CREATE ROLE NAME,"
						+ " or name the role that each service has for its own user: SCHEMA_app");
		expect("parameter", "SET no_such_parameter = 1;", 1, "42704",
				"check the parameter's name, and whether this version of PostgreSQL has it; one of your own has a dot"
						+ " and is read with current_setting('app.name', true)");
		expect("tablespace", "CREATE TABLE t () TABLESPACE nope;", 1, "42704",
				"tablespaces belong to the server: take TABLESPACE out of the statement, or let an administrator create"
						+ " it with CREATE TABLESPACE");
		expect("collation", "CREATE TABLE t (\n  a text COLLATE \"nope\");", 2, "42704",
				"this database does not have that collation: choose one of SELECT collname FROM pg_collation, or write"
						+ " CREATE COLLATION in an earlier file");
		expect("opclass", "CREATE TABLE t (a text);\nCREATE INDEX ON t USING gin (a gin_trgm_ops);", 2, "42704",
				"the extension pg_trgm brings it: name that in the manifest, and the run creates it: extensions:"
						+ " [pg_trgm]");
		expect("nodefault", "CREATE TABLE t (a int);\nCREATE INDEX ON t USING gin (a);", 2, "42704",
				"check the operator class and its access method; if an extension brings it (GIN and GiST on plain types:"
						+ " btree_gin, btree_gist), name that in the manifest: extensions: [NAME]");
		expect("citext", "CREATE TABLE t (mail citext);", 1, "42704",
				"the extension citext brings it: name that in the manifest, and the run creates it: extensions:"
						+ " [citext]");
		expect("type", "CREATE TABLE t (mail intt);", 1, "42704",
				"check the type's name and schema; if an extension brings it, name that in the manifest: extensions:"
						+ " [NAME]; if another service creates it, add that service to requires");
		expect("function", "CREATE TABLE t (id uuid DEFAULT uuid_generate_v4());", 1, "42883",
				"the extension uuid-ossp brings it: name that in the manifest, and the run creates it: extensions:"
						+ " [uuid-ossp]");
		expect("trigger", "CREATE TABLE t ();\nDROP TRIGGER nope ON t;", 2, "42704",
				"check the name and its table; if it may be gone already, write IF EXISTS");
		expect("key", "CREATE TABLE a (id int);\nCREATE TABLE t (a int REFERENCES a);", 2, "42704",
				"the referenced table has no primary key: name columns that are unique, as in REFERENCES table_name"
						+ " (column_name)");
		expect("table", "SELECT * FROM nope;", 1, "42P01",
				"check the name and its schema; if another service creates it, add that service to requires");
		assertAll();
	}

	@Test
	void saysForADeniedRightWhoHasToRunTheStatement() {
		String administrator = ": let an administrator run the statement, and take it out of the file";
		expect("extension", "CREATE EXTENSION \"uuid-ossp\";", 1, "42501",
				"the run creates extensions: write CREATE EXTENSION IF NOT EXISTS, or name it in the manifest:"
						+ " extensions: [uuid-ossp], and take the statement out of the file");
		expect("newschema", "CREATE SCHEMA another;", 1, "42501",
				"the run creates the one schema that a service has: take the statement out of the file; another schema"
						+ " is that of another service, which says schema: NAME in its manifest");
		expect("newrole", "CREATE ROLE r;", 1, "42501", "roles belong to the whole server" + administrator);
		expect("newuser", "CREATE USER r;", 1, "42501", "roles belong to the whole server" + administrator);
		expect("triggers", """
				CREATE TABLE a (id int PRIMARY KEY);
				CREATE TABLE t (a int REFERENCES a);
				ALTER TABLE t DISABLE TRIGGER ALL;
				""", 3, "42501",
				"ALL means also the triggers of foreign keys, which a superuser alone may switch off: write TRIGGER USER"
						+ " instead, or drop the foreign key and add it again after the change");
		expect("publication", "CREATE TABLE t ();\nCREATE PUBLICATION p FOR TABLE t;", 2, "42501",
				"a publication belongs to the database, not to a schema" + administrator);
		expect("event", """
				CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
				CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION f();
				""", 2, "42501", "an event trigger belongs to the database, not to a schema" + administrator);
		expect("setting", "SET log_statement = 'all';", 1, "42501",
				"an administrator alone may set this parameter: take the statement out of the file, or from PostgreSQL"
						+ " 15 on let an administrator GRANT SET ON PARAMETER to the service's role");
		expect("serverfile", "CREATE TABLE t ();\nCOPY t FROM '/etc/hostname';", 2, "42501",
				"the server would read or write that file as an administrator only: write the rows into the migration,"
						+ " after COPY TABLE_NAME FROM STDIN;");
		expect("other", "SELECT * FROM elsewhere.t;", 1, "42501",
				"a service may change its own schema only, read what it requires, and refer to it where that service's"
						+ " manifest says so in referenced_by: fix the file, or add the other service to requires");
		expect("key", "CREATE TABLE t (\n    id int PRIMARY KEY,\n    other int REFERENCES Refused.t (id));", 1,
				"42501",
				"a key runs code with the rights of the table's owner, so the other service must agree: add the line"
						+ " referenced_by: [key] to the manifest of the service with schema \"refused\", and that service to"
						+ " requires of key; a schema that does not belong to its own role first needs: skein isolation roles");
		this.database.execute("CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.t ();"
				+ " CREATE SCHEMA refused; CREATE TABLE refused.t (id int PRIMARY KEY);"
				+ " GRANT USAGE ON SCHEMA refused TO PUBLIC; GRANT SELECT ON refused.t TO PUBLIC");
		assertAll();
	}

	@Test
	void saysForAPolicyThatHidesRowsHowToReachThem() {
		expect("policy", """
				CREATE TABLE t (id int);
				ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
				CREATE POLICY p ON t WITH CHECK (id > 0);
				SET LOCAL row_security = off;
				UPDATE t SET id = 1;
				""", 5, "42501",
				"a policy of this table would hide rows from the file, so row_security is off in a run: write ALTER"
						+ " TABLE TABLE_NAME NO FORCE ROW LEVEL SECURITY before the statement and FORCE ROW LEVEL"
						+ " SECURITY after it; to work with those rows only that the policies show, write SET LOCAL"
						+ " row_security = on");
		expect("check", """
				CREATE TABLE t (id int);
				ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
				CREATE POLICY p ON t WITH CHECK (id > 0);
				SET LOCAL row_security = on;
				INSERT INTO t VALUES (0);
				""", 5, "42501",
				"a policy of the table does not admit this row: fix the row, add a policy for the role that migrates, or"
						+ " write ALTER TABLE TABLE_NAME NO FORCE ROW LEVEL SECURITY before the statement");
		assertAll();
	}

	@Test
	void saysForWhatExistsAlreadyHowToWriteItAnotherTime() {
		expect("twice", "CREATE TYPE e AS ENUM ('a');\nCREATE TYPE e AS ENUM ('a');", 2, "42710",
				"a type of that name exists already: drop it first in this file with DROP TYPE e, or give the new one"
						+ " another name; a table's row type counts, too");
		expect("policy", "CREATE TABLE t ();\nCREATE POLICY p ON t;\nCREATE POLICY p ON t;", 3, "42710",
				"the table has that policy already: write before it DROP POLICY IF EXISTS p ON TABLE_NAME");
		expect("constraint",
				"CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0));\nALTER TABLE t ADD CONSTRAINT c"
						+ " CHECK (a > 1);",
				2, "42710",
				"the table has that constraint already: drop it first with ALTER TABLE t DROP CONSTRAINT IF EXISTS"
						+ " CONSTRAINT_NAME");
		expect("column", "CREATE TABLE t (a int);\nALTER TABLE t ADD a int;", 2, "42701",
				"the table has that column already, or the file names it twice: take it out of the file, or write ADD"
						+ " COLUMN IF NOT EXISTS where the type is the same");
		expect("extension", "CREATE EXTENSION plpgsql;", 1, "42710",
				"the extension is installed in this database already: take the statement out of the file, and name it"
						+ " in the manifest: extensions: [plpgsql]");
		assertAll();
	}

	@Test
	void tellsRowsThatTheFileWritesFromRowsThatExisted() {
		String table = "CREATE TABLE t (a int NOT NULL CHECK (a > 0) UNIQUE);\n";
		String written = ", then run again";
		expect("check", table + "INSERT INTO t VALUES (0);", 2, "23514",
				"the rows that the statement writes break this rule: fix the values" + written);
		expect("unique", table + "INSERT INTO t VALUES (1), (1);", 2, "23505",
				"the statement writes a row whose key exists already: fix the values, or write ON CONFLICT with DO"
						+ " UPDATE or DO NOTHING" + written);
		expect("empty", table + "INSERT INTO t VALUES (1);\nUPDATE t SET a = NULL;", 3, "23502",
				"the statement leaves a column empty that must not be: give it a value" + written);
		expect("key", table + "CREATE TABLE u (a int REFERENCES t (a));\nINSERT INTO u VALUES (7);", 3, "23503",
				"the statement leaves a row that refers to one that does not exist: write that one first, or fix the"
						+ " values" + written);
		expect("added", table + "INSERT INTO t VALUES (1);\nALTER TABLE t ADD CHECK (a > 5);", 3, "23514",
				"rows that exist already break the new rule: fix them with an UPDATE or DELETE before this statement, in"
						+ " this file or an earlier one, then run again");
		expect("deferred", """
				CREATE TABLE a (id int PRIMARY KEY);
				CREATE TABLE b (a int REFERENCES a DEFERRABLE INITIALLY DEFERRED);
				INSERT INTO b VALUES (7);
				INSERT INTO b VALUES (8);
				""", null, "23503",
				"rows that the file writes, or that exist already, break this rule: fix those that DETAIL names, then"
						+ " run again");
		assertAll();
	}

	@Test
	void saysForTheSessionAndTheTransactionWhatToType() {
		expect("encoding", "SELECT 1;\nSET client_encoding = 'LATIN1';", 2, "08006",
				"take the statement out of the file: files are read and sent as UTF-8; one in another encoding is"
						+ " converted with: iconv -f LATIN1 -t UTF-8 FILE");
		expect("function", "DO $$\nBEGIN\n  EXECUTE 'VACUUM';\nEND $$;", 3, "25001",
				"this statement cannot run in a function or DO block: write it as a statement of the file, and begin"
						+ " the file with the line -- transaction: none");
		expect("late", "CREATE TABLE t ();\nSELECT 1;\nSET TRANSACTION ISOLATION LEVEL SERIALIZABLE;", 3, "25001",
				"SET TRANSACTION must be the first statement of the file: move it there");
		expect("raised", "DO $$\nBEGIN\n  RAISE EXCEPTION 'not yet';\nEND $$;", 3, "P0001",
				"the code raised this error itself: do what its message asks for, then run again");
		expect("depends", "CREATE TABLE t (a int);\nCREATE VIEW v AS SELECT a FROM t;\nDROP TABLE t;", 3, "2BP01",
				"other objects depend on it, DETAIL names them: drop or change them first in this file; CASCADE would"
						+ " drop them too, also those of other services");
		expect("divided", "SELECT 1/0;", 1, "22012", APPLIED);
		assertAll();
	}

	@Test
	void saysUpToWhichLineAFileOutsideATransactionIsCommitted() {
		expect("rows", "-- transaction: none\nCREATE TABLE t (a int);\n\nCREATE TABLE u (a int);\nSELECT 1/0;\n", 5,
				"22012", APPLIED + "; the file runs outside a transaction: it is committed up to line 4");
		expect("first", "-- transaction: none\nSELECT 1/0;\n", 2, "22012", APPLIED);
		assertAll();
		JsonNode again = service("rows");
		assertThat(again.at("/error/hint").asString())
			.isEqualTo("the object exists already: find out who created it, then drop it or take its schema over with:"
					+ " skein baseline SERVICE@VERSION; its columns are those that the file would create; if an earlier"
					+ " attempt of this file did, drop it or write IF NOT EXISTS, then run again");
		assertThat(again.at("/error/line").asInt()).isEqualTo(2);
	}

	@Test
	void saysWhichRowOfCopyIsWrong() {
		expect("rows", """
				CREATE TABLE t (id int, a text);
				COPY t (id, a)
				  FROM stdin WITH (DELIMITER ';');
				1;one
				x;two
				\\.
				""", 5, "22P02", "fix the row that CONTEXT names, then run again");
		assertAll();
		JsonNode error = service("rows").at("/error");
		assertThat(error.at("/message").asString())
			.isEqualTo("invalid input syntax for type integer: \"x\"\n" + "CONTEXT: COPY t, line 2, column id: \"x\"");
		assertThat(error.at("/context").asString()).isEqualTo("COPY t, line 2, column id: \"x\"");
		assertThat(this.database.query("SELECT DISTINCT message FROM skein.failure_details"))
			.containsExactly("invalid input syntax for type integer: \"x\"\nCONTEXT: COPY t, line 2, column id: \"x\"");
	}

	private void expect(String service, String sql, @Nullable Integer line, String sqlState, String hint) {
		new PlatformFolder(this.folder).service(service).migration(service, "V1__one.sql", sql);
		this.expected.put(service, line + " " + sqlState + " " + hint);
	}

	private void assertAll() {
		Map<String, String> found = new TreeMap<>();
		migrate().at("/services").valueStream().forEach((service) -> {
			JsonNode error = service.at("/error");
			if (error.isObject()) {
				found.put(service.at("/service").asString(),
						(error.at("/line").isNull() ? "null" : error.at("/line").asString()) + " "
								+ error.at("/sqlState").asString() + " " + error.at("/hint").asString());
			}
		});
		assertThat(found).containsExactlyEntriesOf(this.expected);
	}

	private JsonNode service(String name) {
		return migrate().at("/services")
			.valueStream()
			.filter((service) -> service.at("/service").asString().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private JsonNode migrate() {
		CommandRun run = CommandRun.on(this.database, new PlatformFolder(this.folder), "migrate", "--output", "json");
		assertThat(run.code()).as(run.err()).isEqualTo(1);
		return run.json();
	}

}
